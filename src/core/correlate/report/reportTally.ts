import type { CodeIndex } from '../../code/model.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { Trace } from '../../trace/trace.ts';
import { isMatch, type SpanMatch } from '../../matching/match.ts';
import type { ServiceFolders } from '../../matching/serviceFolders.ts';
import { exampleOf } from './examples.ts';
import type { MappingReport } from './mappingReport.ts';
import { ServiceTally, sumOf } from './serviceTally.ts';
import { HandlerHits, uncoveredHandlers } from './uncoveredHandlers.ts';
import { UndeclaredRoutes } from './undeclaredRoutes.ts';

/** Adds up mapped traces one at a time, so that none needs to be kept. */
export class ReportTally {
  readonly #service: string | undefined;
  readonly #services = new Map<string, ServiceTally>();
  readonly #hits = new HandlerHits();
  readonly #routes = new UndeclaredRoutes();
  #traces = 0;

  /** @param service undefined: every service's spans count. */
  constructor(service: string | undefined) {
    this.#service = service;
  }

  /** @param index that `matches` were made with */
  add(trace: Trace, matches: readonly SpanMatch[], index: CodeIndex): void {
    this.#traces++;
    for (const [row, match] of matches.entries()) {
      const span = trace.spans[row];
      if (span === undefined) continue;
      if (isMatch(match)) this.#hits.add(match, index);
      if (this.#service !== undefined && span.resource.service !== this.#service) continue;
      this.#tallyOf(span, trace, row).add(trace, row, match);
      if (!isMatch(match)) this.#routes.add(trace, row, match);
    }
  }

  /** Handlers that other figures know requests of. */
  addHits(handlerIds: Iterable<string>): void {
    for (const id of handlerIds) this.#hits.addHandler(id);
  }

  /** Of what was added so far, beside the code and the folders as they are now. */
  report(index: CodeIndex, folders: ServiceFolders): MappingReport {
    const services = [...this.#services]
      .map(([service, tally]) => tally.report(service, folders))
      .sort((a, b) => b.spans - a.spans || (a.service < b.service ? -1 : 1));
    const traced = services.flatMap(({ service }) => folders.get(service)?.project?.id ?? []);
    // Of a service without a folder no handler is known: '' is no project.
    const only =
      this.#service === undefined ? undefined : (folders.get(this.#service)?.project?.id ?? '');
    return {
      traces: this.#traces,
      ...sumOf(services),
      services,
      uncoveredHandlers: uncoveredHandlers(index, this.#hits, new Set(traced), only),
      undeclaredRoutes: this.#routes.rows(),
      problems: index.problems,
    };
  }

  #tallyOf({ resource }: RawSpan, trace: Trace, row: number): ServiceTally {
    const known = this.#services.get(resource.service);
    if (known !== undefined) return known;
    const language = textAttribute(resource.attributes, 'telemetry.sdk.language') ?? '';
    const made = new ServiceTally(exampleOf(trace, row), language);
    this.#services.set(resource.service, made);
    return made;
  }
}
