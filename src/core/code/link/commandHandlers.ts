import { lastName } from '../expression.ts';
import { classKey, type ClassSymbol } from './classes.ts';
import type { Constants } from './constants.ts';

const decorators = new Set(['CommandHandler', 'QueryHandler']);

/** @nestjs/cqrs: which classes handle a command or query class. */
export class CommandHandlers {
  readonly #constants: Constants;
  readonly #ofCommand: (command: ClassSymbol) => readonly ClassSymbol[];

  constructor(constants: Constants) {
    this.#constants = constants;
    const { derivations } = constants.program;
    const table = derivations.derive(() => this.#tabulate(), { same: () => false });
    this.#ofCommand = derivations.deriveEach(
      (command) => table().get(classKey(command)) ?? [],
      classKey,
    );
  }

  of(command: ClassSymbol): readonly ClassSymbol[] {
    return this.#ofCommand(command);
  }

  #tabulate(): ReadonlyMap<string, readonly ClassSymbol[]> {
    const byCommand = new Map<string, ClassSymbol[]>();
    for (const [path, { classes }] of this.#constants.program.filesWith('classes')) {
      for (const [index, fact] of classes.entries()) {
        for (const { name, args = [] } of fact.decorators) {
          if (!decorators.has(lastName(name) ?? '') || args[0] === undefined) continue;
          const { symbol } = this.#constants.resolve({ expression: args[0], path });
          if (symbol?.kind !== 'class') continue;
          const key = classKey(symbol);
          byCommand.set(key, [...(byCommand.get(key) ?? []), { kind: 'class', path, index }]);
        }
      }
    }
    return byCommand;
  }
}
