import { proxyTitle } from '../../trace/proxySpan.ts';
import type { ProxyRow } from './proxies.ts';

/** A proxy that passes requests on to the handler. */
export interface ProxyPeer {
  /** `Traefik router orders@docker`. */
  readonly name: string;
  /** Name of the proxy's service. */
  readonly service: string;
  /** Sampled traces that show it. */
  readonly traces: number;
}

interface Counted {
  readonly name: string;
  readonly service: string;
  readonly traces: Set<string>;
}

/** Counts proxies by the handler they pass requests on to. */
export class ProxyTally {
  readonly #found = new Map<string, Map<string, Counted>>();

  /** @param at undefined: no proxy was in front of that request. */
  add(handlerId: string, at: ProxyRow | undefined, traceId: string): void {
    if (at === undefined) return;
    const name = proxyTitle(at.proxy);
    const { service } = at.span.resource;
    const ofHandler = this.#found.get(handlerId) ?? new Map<string, Counted>();
    this.#found.set(handlerId, ofHandler);
    const key = JSON.stringify([name, service]);
    const counted = ofHandler.get(key) ?? { name, service, traces: new Set() };
    ofHandler.set(key, counted);
    counted.traces.add(traceId);
  }

  /** By handler id, the most frequent proxies first. */
  peers(): ReadonlyMap<string, readonly ProxyPeer[]> {
    return new Map(
      [...this.#found].map(([id, counted]) => [
        id,
        [...counted.values()]
          .map(({ name, service, traces }) => ({ name, service, traces: traces.size }))
          .sort((a, b) => b.traces - a.traces),
      ]),
    );
  }
}
