package soloist.connector.csv;

class CustomersContractTest extends FileContract {
  @Override
  String text() {
    var text = new StringBuilder("email,name,age\n");
    for (int i = 0; i < 20; i++) {
      text.append(i % 6 == 5 ? "nobody" : "c" + i + "@example.com").append(",Ada,").append(i);
      text.append('\n');
    }
    return text.toString();
  }
}
