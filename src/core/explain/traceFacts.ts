import { microseconds, type EpochMicroseconds, type Microseconds } from '../base/units.ts';
import { shortened } from '../base/visibleText.ts';
import type { CodeLocation } from '../code/location.ts';
import type { MappedTrace } from '../matching/mappedTrace.ts';
import { alikeLabel } from '../trace/alikeLabel.ts';
import { mainRoot } from '../trace/mainRoot.ts';
import { attributeOf, type RawSpan } from '../trace/rawSpan.ts';
import { spanLabel } from '../trace/spanLabel.ts';
import { CostTreeBuilder, type CostBranch } from './costTree.ts';

/** A line, or spans of one name where no line is known, and what is its own of the critical path. */
export interface TraceCost {
  /** Hostile text. */
  readonly symbol: string;
  readonly location: CodeLocation | undefined;
  readonly calls: number;
  readonly time: Microseconds;
  /** Of the critical path, 0 to 1. */
  readonly share: number;
}

/** Spans that failed in one way. Hostile texts, cut. */
export interface TraceError {
  readonly service: string;
  readonly operation: string;
  readonly message: string;
  readonly count: number;
}

/** What is told of a trace in few words. */
export interface TraceFacts {
  readonly traceId: string;
  /** Of its root; hostile text, as the services are. */
  readonly operation: string;
  readonly start: EpochMicroseconds;
  readonly duration: Microseconds;
  readonly spanCount: number;
  readonly errorCount: number;
  readonly services: readonly string[];
  /** What costs most first; together at most the whole. */
  readonly costs: readonly TraceCost[];
  /** The most frequent first, then as they began. */
  readonly errors: readonly TraceError[];
}

const mostCosts = 10;
const leastShare = 0.01;
const mostErrors = 5;
const longestText = 200;

export function traceFacts(mapped: MappedTrace): TraceFacts {
  const { trace } = mapped;
  const failed = trace.spans.filter(({ status }) => status === 'error');
  return {
    traceId: trace.traceId,
    operation: shortened(nameOf(trace.spans[mainRoot(trace.columns)]), longestText),
    start: trace.start,
    duration: trace.duration,
    spanCount: trace.size,
    errorCount: failed.length,
    services: trace.services.map((name) => shortened(name, longestText)),
    costs: trace.size === 0 ? [] : costsOf(mapped),
    errors: errorsOf(failed),
  };
}

/** A line that is reached in several ways is one. */
function costsOf(mapped: MappedTrace): readonly TraceCost[] {
  const tree = new CostTreeBuilder();
  tree.add(mapped, mainRoot(mapped.trace.columns));
  const whole = sum(tree.services.values());
  const byPlace = new Map<string, { branch: CostBranch; calls: number; time: number }>();
  const waiting = tree.root ? [tree.root] : [];
  for (const branch of waiting) {
    for (const below of branch.below.values()) waiting.push(below);
    const { location, symbol, service } = branch.place;
    const key = JSON.stringify(
      location ? [location.path, location.line, symbol] : [service, symbol],
    );
    const cost = byPlace.get(key) ?? { branch, calls: 0, time: 0 };
    cost.calls += sum(branch.calls.values());
    cost.time += sum(branch.own.values());
    byPlace.set(key, cost);
  }
  return [...byPlace.values()]
    .map(({ branch: { place }, calls, time }) => ({
      symbol: shortened(place.symbol, longestText),
      location: place.location,
      calls,
      time: microseconds(time),
      share: whole === 0 ? 0 : time / whole,
    }))
    .filter(({ share }) => share >= leastShare)
    .sort((a, b) => b.time - a.time)
    .slice(0, mostCosts);
}

function errorsOf(failed: readonly RawSpan[]): readonly TraceError[] {
  const errors = new Map<string, TraceError>();
  for (const span of failed) {
    const service = shortened(span.resource.service, longestText);
    const own = shortened(nameOf(span), longestText);
    const like = shortened(alikeLabel(nameOf(span)), longestText);
    const text = shortened(span.statusMessage || exceptionText(span), longestText);
    const key = JSON.stringify([service, like, text]);
    const known = errors.get(key);
    const operation = known === undefined || known.operation === own ? own : like;
    errors.set(key, { service, operation, message: text, count: (known?.count ?? 0) + 1 });
  }
  return [...errors.values()].sort((a, b) => b.count - a.count).slice(0, mostErrors);
}

/** As the waterfall calls it. */
const nameOf = (span: RawSpan | undefined): string => (span ? spanLabel(span) : '');

/** Of the last exception that it recorded; empty without one. */
function exceptionText({ events }: RawSpan): string {
  const { attributes = [] } = events.findLast(({ name }) => name === 'exception') ?? {};
  const texts = ['exception.type', 'exception.message'].map((key) => attributeOf(attributes, key));
  return texts.filter((text) => typeof text === 'string' && text !== '').join(': ');
}

const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);
