package dev.graft.generate.java;

import dev.graft.generate.model.Argument;
import dev.graft.generate.model.InputKind;
import dev.graft.generate.model.Shape;
import dev.graft.generate.model.ValueType;
import java.util.ArrayList;
import java.util.List;

/**
 * How methods take arguments: an input as the encoder's input type and, in methods of the same name
 * beside it, as Connect's own message, and an expression also by a column's name.
 */
final class Parameters {
  /** A method has 255 parameters at most, of which a long or a double takes two. */
  private static final int MOST = 100;

  /** In which types the inputs of one method come. */
  enum Inputs {
    MESSAGES("Relation", "Expression"),
    NAMES("Relation", "String"),
    INPUT_TYPES_AND_NAMES("RelationInput", "String"),
    INPUT_TYPES("RelationInput", "ExpressionInput");

    private final String relation;
    private final String expression;

    Inputs(String relation, String expression) {
      this.relation = relation;
      this.expression = expression;
    }

    private String type(InputKind kind) {
      return kind == InputKind.RELATION ? relation : expression;
    }
  }

  private final JavaTypes types;

  Parameters(JavaTypes types) {
    this.types = types;
  }

  /** What the method takes that makes a message: all that must be given. */
  static List<Argument> required(List<Argument> arguments) {
    return arguments.stream().filter(Argument::required).limit(MOST).toList();
  }

  /** The methods of one name that take the arguments. */
  static List<Inputs> variants(List<Argument> arguments) {
    List<Inputs> variants = new ArrayList<>();
    if (arguments.stream().anyMatch(Parameters::isInput)) {
      variants.add(Inputs.MESSAGES);
      if (arguments.stream().anyMatch(Parameters::isExpression)) {
        variants.add(Inputs.NAMES);
        if (arguments.stream().anyMatch(each -> isInput(each) && !isExpression(each))) {
          variants.add(Inputs.INPUT_TYPES_AND_NAMES);
        }
      }
    }
    variants.add(Inputs.INPUT_TYPES);
    return variants;
  }

  String type(Argument argument, Inputs inputs) {
    return isInput(argument) && argument.shape().type() instanceof ValueType.Input input
        ? inputs.type(input.kind())
        : types.parameter(argument.shape());
  }

  private static boolean isInput(Argument argument) {
    return argument.shape() instanceof Shape.Single
        && argument.shape().type() instanceof ValueType.Input;
  }

  private static boolean isExpression(Argument argument) {
    return isInput(argument)
        && argument.shape().type() instanceof ValueType.Input input
        && input.kind() == InputKind.EXPRESSION;
  }
}
