import type ts from 'typescript';
import { checkedCalls } from './checkedTypes.ts';
import { checkedEdges, placeKey } from './checkedEdges.ts';
import type { IndexedCall, IndexedMethod } from './indexedTypes.ts';
import { isSame, shown, type Told } from './told.ts';

/**
 * `same`: both tell the same. `differs`: both tell something, and not the same. `missed`: only the checker tells a class of the
 * workspace, a client or a package. `more`: only the index tells. `neither`: nobody does, or it is JavaScript's own.
 */
type Verdict = 'same' | 'differs' | 'missed' | 'more' | 'neither';

/** A call of which the type checker and the index were asked what it is called on. */
export interface Compared {
  readonly verdict: Verdict;
  /** `file:line`. */
  readonly where: string;
  /** As written. */
  readonly text: string;
  readonly checker: string;
  readonly index: string;
}

/** Each call that the index has a fact of and the checker sees. */
export function compareReceivers(
  program: ts.Program,
  calls: readonly IndexedCall[],
  root: string,
): readonly Compared[] {
  return [...Map.groupBy(calls, ({ path }) => path)].flatMap(([path, ofFile]) => {
    const checked = new Map(
      checkedCalls(program, path).map((call) => [`${call.line}:${call.column}`, call]),
    );
    return ofFile.flatMap(({ line, column, receiver }) => {
      const call = checked.get(`${line}:${column}`);
      if (!call) return [];
      return [
        {
          verdict: verdictOf(call.receiver, receiver),
          where: `${path.replace(`${root}/`, '')}:${line}`,
          text: call.text,
          checker: shown(call.receiver, root),
          index: shown(receiver, root),
        },
      ];
    });
  });
}

const says = ({ kind }: Told): boolean => kind !== 'unknown' && kind !== 'language';

function verdictOf(checker: readonly Told[], index: readonly Told[]): Verdict {
  const told = checker.filter(says);
  const own = index.filter(says);
  if (told.some((one) => own.some((other) => isSame(one, other)))) return 'same';
  if (told.length === 0) {
    const isLanguage = checker.length > 0 && checker.every(({ kind }) => kind === 'language');
    return own.length === 0 ? 'neither' : isLanguage ? 'differs' : 'more';
  }
  return own.length === 0 ? 'missed' : 'differs';
}

/**
 * Each call of a workspace's method: `same` where the index follows it there, or, of an abstract one, to a method of that name;
 * `differs` where it follows a call of that name elsewhere only.
 */
export function compareCallees(
  program: ts.Program,
  methods: readonly IndexedMethod[],
  root: string,
): readonly Compared[] {
  const shownPlace = ({ path, line }: { readonly path: string; readonly line: number }) =>
    `${path.replace(`${root}/`, '')}:${line}`;
  const all = new Set(methods.map(({ at }) => placeKey(at)));
  return [...Map.groupBy(methods, ({ at }) => at.path)].flatMap(([path, ofFile]) => {
    const byPlace = new Map(ofFile.map((method) => [placeKey(method.at), method]));
    return checkedEdges(program, path, all).map((edge) => {
      const calls = byPlace.get(placeKey(edge.from))?.calls ?? [];
      const alike = calls.filter(({ name }) => name === edge.name);
      const isFound = calls.some((call) => placeKey(call) === placeKey(edge.to));
      const verdict: Verdict =
        isFound || (edge.isAbstract && alike.length > 0)
          ? 'same'
          : edge.isAbstract
            ? 'neither'
            : alike.length > 0
              ? 'differs'
              : 'missed';
      return {
        verdict,
        where: shownPlace({ path, line: edge.line }),
        text: edge.text,
        checker: shownPlace(edge.to),
        index: alike.map(shownPlace).join(' | ') || 'nothing',
      };
    });
  });
}
