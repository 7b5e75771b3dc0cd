import { isRequestKey } from '../../matching/operations/operationKey.ts';
import { endpointsBehind, type EndpointBehind, type KnownRequests } from './endpointsBehind.ts';
import { parseQuestion } from './question.ts';
import type { ProxyName } from './sampledRequests.ts';

/** Something to ask about that was seen, with what its answer begins with. Plain data. */
export interface SeenQuestion {
  /** As it is typed. */
  readonly text: string;
  readonly about: 'method' | 'status' | ProxyName['part'];
  /** How many endpoints the answer has. */
  readonly endpoints: number;
  /** The one that costs most; undefined: none, only a proxy answered. */
  readonly first: EndpointBehind | undefined;
}

/** Of each kind. */
const most = 20;

/** The methods, failed statuses and parts of proxies that were seen, each kind the costliest or most frequent first. */
export function seenQuestions(known: KnownRequests): readonly SeenQuestion[] {
  const asked = (about: SeenQuestion['about'], texts: readonly string[]): SeenQuestion[] =>
    texts.slice(0, most).map((text) => {
      const question = parseQuestion(text);
      const answer = question ? endpointsBehind(question, known) : [];
      return { text, about, endpoints: answer.length, first: answer[0] };
    });
  const routers = namesSeen(known, 'router');
  // A router and its service often have one name, and then one answer.
  const services = namesSeen(known, 'service').filter((name) => !routers.includes(name));
  return [
    ...asked('method', methodsSeen(known)),
    ...asked('status', statusesSeen(known)),
    ...asked('router', routers),
    ...asked('service', services),
    ...asked('entry', namesSeen(known, 'entry')),
  ];
}

function methodsSeen({ figures }: KnownRequests): readonly string[] {
  const times = new Tally();
  for (const { key, durations } of figures.operations) {
    if (!isRequestKey(key) || parseQuestion(key.method)?.kind !== 'requests') continue;
    times.add(key.method, durations.total ?? durations.count);
  }
  return times.most();
}

/** Each failed status by method, before them the classes that were seen. */
function statusesSeen({ sample }: KnownRequests): readonly string[] {
  const classes = new Tally();
  const times = new Tally();
  for (const { method, statuses } of sample) {
    for (const status of statuses) {
      if (status < 400) continue;
      classes.add(`${Math.floor(status / 100)}xx`, 1);
      times.add(`${method} ${status}`.trim(), 1);
    }
  }
  return [...classes.most().toSorted().reverse(), ...times.most()];
}

function namesSeen({ sample }: KnownRequests, part: ProxyName['part']): readonly string[] {
  const times = new Tally();
  for (const { proxies } of sample) {
    for (const one of proxies) if (one.part === part) times.add(one.name, 1);
  }
  return times.most();
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(text: string, count: number): void {
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + count);
  }

  /** The greatest count first. */
  most(): readonly string[] {
    return [...this.#counts].sort((a, b) => b[1] - a[1]).map(([text]) => text);
  }
}
