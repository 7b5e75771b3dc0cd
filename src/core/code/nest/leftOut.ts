import { message } from '../../base/message.ts';
import type { CodeProblem, Handler, MethodFact } from '../model.ts';
import type { WorkspacePath } from '../location.ts';
import type { Classes } from '../language/types/classes.ts';
import { mostBases } from '../language/types/classes.ts';
import type { Program } from '../language/program/program.ts';

/** Of one method: more are made by lists of lists, and say nothing. */
const mostHandlers = 2_000;

/** Handlers that a file has, each id once, and what of it was left out. */
export interface FoundHandlers<Found extends Handler> {
  readonly handlers: readonly Found[];
  readonly problems: readonly CodeProblem[];
}

export const noHandlers: FoundHandlers<never> = { handlers: [], problems: [] };

/** Collects handlers by method, as many as one method may have. */
export class HandlerList<Found extends Handler> {
  readonly #byId = new Map<string, Found>();
  readonly #problems: CodeProblem[] = [];

  get all(): FoundHandlers<Found> {
    return { handlers: [...this.#byId.values()], problems: this.#problems };
  }

  add({ location, name }: MethodFact, found: Iterable<Found>): void {
    let count = 0;
    for (const handler of found) {
      if ((count += 1) > mostHandlers) {
        const text = message('Only the first {0} routes of {1} are indexed.', mostHandlers, name);
        this.#problems.push({ path: location.path, line: location.line, message: text });
        return;
      }
      if (!this.#byId.has(handler.id)) this.#byId.set(handler.id, handler);
    }
  }
}

/** The first class of a file of which not all bases are looked at. */
export function cutClassesIn(
  program: Program,
  classes: Classes,
  path: WorkspacePath,
): readonly CodeProblem[] {
  const facts = program.facts(path)?.classes ?? [];
  const index = facts.findIndex(
    (fact, at) =>
      fact.extends !== undefined && classes.ancestry({ kind: 'class', path, index: at }).isCut,
  );
  const cut = facts[index];
  if (!cut) return [];
  const text = message(
    '{0} has more than {1} base classes in a row; members inherited from further up are missing.',
    cut.name,
    mostBases,
  );
  return [{ path, line: cut.line, message: text }];
}
