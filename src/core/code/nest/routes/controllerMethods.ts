import type { ControllerMethod } from '../../model.ts';
import type { Classes } from '../../language/types/classes.ts';
import type { ClassSymbol } from '../../language/program/symbols.ts';
import type { ClassTable } from '../../language/types/classTable.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import type { Controllers } from './controllers.ts';
import type { MethodTable } from '../../language/types/methodTable.ts';
import { nestDecorators } from '../nestDecorators.ts';
import type { Projects } from '../../projects/projects.ts';

interface Parts {
  readonly constants: ConstantEvaluator;
  readonly table: ClassTable;
  readonly classes: Classes;
  readonly controllers: Controllers;
  readonly methods: MethodTable;
  readonly projects: Projects;
}

/** Methods of classes by their names, as NestJS's spans name handlers. */
export class ControllerMethods {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** One for each class of that name; inherited methods too. */
  named(className: string, name: string): readonly ControllerMethod[] {
    const { table, classes, controllers, methods, projects } = this.#parts;
    return table.named(className).map((symbol) => {
      const found = classes.method(symbol, name);
      const [own] = classes.ancestry(symbol).classes;
      return {
        controller: className,
        declaredIn: found?.fact.name ?? className,
        location: { path: symbol.path, line: own?.fact.line ?? 1, column: 1 },
        method: found && methods.at(found.path, found.index),
        isController: controllers.options(symbol, true) !== undefined,
        mayHaveMore: this.#mayHaveMore(symbol),
        project: projects.of(symbol.path),
      };
    });
  }

  #mayHaveMore(start: ClassSymbol): boolean {
    const { classes, constants } = this.#parts;
    const { classes: line, outside } = classes.ancestry(start);
    return (
      outside !== undefined ||
      line.some(({ symbol, fact }) =>
        nestDecorators(constants, fact.decorators, symbol.path, symbol.bindings).some(
          ({ module }) => !module.startsWith('@nestjs/'),
        ),
      )
    );
  }
}
