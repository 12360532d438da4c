package soloist.connector.csv;

class OrdersContractTest extends FileContract {
  @Override
  String text() {
    var text = new StringBuilder("order id,order date,customer id,sku,quantity,price\n");
    for (int i = 0; i < 40; i++) {
      text.append("A").append(i % 17).append(",2024-01-0").append(i % 17 % 9 + 1);
      text.append(",C").append(i % 17).append(",P").append(i);
      text.append(i == 9 ? ",many" : ",2").append(",1.50\n");
    }
    return text.toString();
  }
}
