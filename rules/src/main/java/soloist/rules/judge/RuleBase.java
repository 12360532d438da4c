package soloist.rules.judge;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.drools.core.impl.RuleBaseFactory;
import org.drools.model.Index;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.conf.EqualityBehaviorOption;

/**
 * Builds rules into Drools' canonical model. People's texts become constants that lambdas close
 * over; no text is ever read as code.
 */
final class RuleBase {

  private static final String PACKAGE = "soloist.campaigns";

  private final ModelImpl model = new ModelImpl();

  /**
   * Drools takes two expressions of one id for the same. An id made of people's texts could be
   * forged to meet another leaf's, so ids are numbers.
   */
  private final Map<Object, String> ids = new HashMap<>();

  private RuleBase() {}

  static KieBase of(List<Rule> rules) {
    RuleBase base = new RuleBase();
    rules.forEach(base::add);
    // Not KieServices: that one lives in drools-compiler, which stays off the class path.
    KieBaseConfiguration configuration = RuleBaseFactory.newKnowledgeBaseConfiguration();
    configuration.setOption(EqualityBehaviorOption.IDENTITY);
    return KieBaseBuilder.createKieBaseFromModel(List.of(base.model), configuration);
  }

  private void add(Rule rule) {
    String key = rule.causeKey();
    Variable<Question> question = declarationOf(Question.class);
    PatternDef<Question> asked =
        pattern(question)
            .expr(
                id(key),
                it -> it.causeKey().equals(key),
                alphaIndexedBy(
                    String.class, Index.ConstraintType.EQUAL, 0, Question::causeKey, key));
    constrain(asked, Formula.of(rule.when()))
        .ifPresent(
            constrained ->
                model.addRule(
                    rule(PACKAGE, rule.then().rule())
                        .build(constrained, on(question).execute(it -> it.decide(rule.then())))));
  }

  /** Empty for a rule that can never fire. */
  private Optional<PatternDef<Question>> constrain(PatternDef<Question> asked, Formula formula) {
    return switch (formula) {
      case Formula.Never() -> Optional.empty();
      case Formula.Always() -> Optional.of(asked);
      case Formula.Both(List<Formula> of) -> Optional.of(nested(asked, of));
      case Formula.Either _, Formula.Leaf _ -> Optional.of(nested(asked, List.of(formula)));
    };
  }

  private PatternDef<Question> nested(PatternDef<Question> outer, List<Formula> parts) {
    PatternDef<Question> inner = outer;
    for (Formula part : parts) {
      inner =
          switch (part) {
            case Formula.Both(List<Formula> of) -> nested(inner.and(), of).endAnd();
            case Formula.Either(List<Formula> of) -> nested(inner.or(), of).endOr();
            case Formula.Leaf leaf ->
                inner.expr(id(leaf), it -> it.test(leaf.condition()) == leaf.holds());
            case Formula.Always(), Formula.Never() ->
                throw new IllegalStateException("a constant inside a formula");
          };
    }
    return inner;
  }

  private String id(Object of) {
    return ids.computeIfAbsent(of, _ -> "e" + ids.size());
  }
}
