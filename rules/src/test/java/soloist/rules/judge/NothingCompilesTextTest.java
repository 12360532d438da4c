package soloist.rules.judge;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NothingCompilesTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.mvel2.MVEL",
        "org.antlr.runtime.Parser",
        "org.antlr.v4.runtime.Parser",
        "org.drools.drl.parser.DrlParser",
        "org.drools.compiler.builder.impl.KnowledgeBuilderImpl",
        "org.drools.mvel.MVELDialectRuntimeData",
        "org.eclipse.jdt.internal.compiler.Compiler",
        "com.thoughtworks.xstream.XStream"
      })
  void whatCouldTurnTextIntoCodeIsNotOnTheClassPath(String name) {
    assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
  }
}
