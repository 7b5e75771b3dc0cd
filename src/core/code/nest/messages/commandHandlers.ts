import { lastName } from '../../language/expression.ts';
import { classKey } from '../../language/types/classes.ts';
import type { ClassSymbol } from '../../language/program/symbols.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';

/** Method that a bus calls, by the decorator of its class. */
const methods = new Map([
  ['CommandHandler', 'execute'],
  ['QueryHandler', 'execute'],
  ['EventsHandler', 'handle'],
]);

interface CommandHandler {
  readonly symbol: ClassSymbol;
  readonly method: string;
}

/** @nestjs/cqrs: which classes handle a command, query or event class. */
export class CommandHandlers {
  readonly #constants: ConstantEvaluator;
  readonly #ofCommand: (command: ClassSymbol) => readonly CommandHandler[];

  constructor(constants: ConstantEvaluator) {
    this.#constants = constants;
    const { queryDatabase } = constants.program;
    const table = queryDatabase.derive(() => this.#tabulate(), { same: () => false });
    this.#ofCommand = queryDatabase.deriveEach(
      (command) => table().get(classKey(command)) ?? [],
      classKey,
    );
  }

  of(command: ClassSymbol): readonly CommandHandler[] {
    return this.#ofCommand(command);
  }

  #tabulate(): ReadonlyMap<string, readonly CommandHandler[]> {
    const byCommand = new Map<string, CommandHandler[]>();
    for (const [path, { classes }] of this.#constants.program.filesWith('classes')) {
      for (const [index, fact] of classes.entries()) {
        for (const { name, args = [] } of fact.decorators) {
          const method = methods.get(lastName(name) ?? '');
          if (method === undefined) continue;
          for (const expression of args) {
            const { symbol } = this.#constants.resolve({ expression, path });
            if (symbol?.kind !== 'class') continue;
            const key = classKey(symbol);
            const handler = { symbol: { kind: 'class', path, index }, method } as const;
            byCommand.set(key, [...(byCommand.get(key) ?? []), handler]);
          }
        }
      }
    }
    return byCommand;
  }
}
