import { lastName } from '../../language/expression.ts';
import type { DecoratorFact } from '../../language/facts.ts';
import type { Program } from '../../language/program/program.ts';

const ofMethods = new Set(['OnEvent', 'Saga']);
const ofClasses = new Set(['EventsHandler']);

/** Whether an event that is emitted may run code of the workspace. */
export class EventListeners {
  readonly hasListeners: () => boolean;

  constructor(program: Program) {
    this.hasListeners = program.queryDatabase.derive(() =>
      [...program.files.values()].some(
        ({ classes, methods }) =>
          classes.some(({ decorators }) => hasOne(decorators, ofClasses)) ||
          methods.some(({ decorators = [] }) => hasOne(decorators, ofMethods)),
      ),
    );
  }
}

const hasOne = (decorators: readonly DecoratorFact[], names: ReadonlySet<string>): boolean =>
  decorators.some(({ name }) => names.has(lastName(name) ?? ''));
