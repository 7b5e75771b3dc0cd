import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { runCommandLine } from '../../src/cli/runCommandLine.ts';
import type { Confidence } from '../../src/core/matching/match.ts';
import { epochMicroseconds, microseconds } from '../../src/core/base/units.ts';
import { attributeOf, textAttribute, type RawSpan } from '../../src/core/trace/rawSpan.ts';
import { callsBehind } from './callTruth.ts';
import { otlpOf } from './sendOtlp.ts';

/** A span as `spanhop map --json` prints it. */
export interface MappedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly operation: string;
  readonly confidence: Confidence | 'unmapped';
  readonly reason: string;
  /** Relative to the workspace. */
  readonly file: string | null;
  readonly line: number | null;
}

/** `apps/shop-api/src/orders/orders.service.ts:29`, or `none`: no code ran for it. Several: any of these. */
type TruePlaces = ReadonlySet<string>;

export interface KindScore {
  readonly kind: string;
  readonly right: Readonly<Record<Confidence, number>>;
  readonly wrong: Readonly<Record<Confidence, number>>;
  readonly unmapped: number;
  /** What was wrong or unmapped, each kind of miss once: what is true, what was said. */
  readonly misses: readonly string[];
}

/** The spans as they were before the companion wrote on them. */
export const withoutCode = (spans: readonly RawSpan[]): readonly RawSpan[] =>
  spans.map((span) => ({
    ...span,
    attributes: span.attributes.filter(({ key }) => !/^(?:code|test)\./.test(key)),
  }));

/** `spanhop map` of the spans, as the command line prints it. */
export async function mapWithCommandLine(
  spans: readonly RawSpan[],
  dir: string,
): Promise<readonly MappedSpan[]> {
  const folder = await mkdtemp(join(tmpdir(), 'spanhop-map-'));
  try {
    const file = join(folder, 'spans.json');
    await writeFile(file, JSON.stringify(otlpOf(spans.map(inWholeMicroseconds))));
    const printed: string[] = [];
    const complaints: string[] = [];
    const terminal = {
      out: (line: string) => printed.push(line),
      err: (line: string) => complaints.push(line),
      isTerminal: false,
      env: {},
      cwd: folder,
    };
    const args = ['map', file, '--dir', dir, '--json'];
    const code = await runCommandLine(args, terminal, new AbortController().signal);
    assert.equal(code, 0, complaints.join('\n'));
    return (JSON.parse(printed.join('\n')) as { spans: MappedSpan[] }).spans;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As `otlpOf` wants them; the order of spans stays. */
const inWholeMicroseconds = (span: RawSpan): RawSpan => ({
  ...span,
  start: epochMicroseconds(Math.floor(span.start)),
  duration: microseconds(Math.floor(span.duration)),
  events: span.events.map((event) => ({
    ...event,
    time: epochMicroseconds(Math.floor(event.time)),
  })),
});

/**
 * Where each span comes from, by `traceId spanId`, as far as the companion can tell: what is inside a Prisma call is
 * the line of the call that asked for it (any of several alike), and a request that it says nothing of reached no handler.
 * Spans that open a connection are left out: any call may be the first to need it.
 */
export function placesByCompanion(
  spans: readonly RawSpan[],
  dir: string,
): ReadonlyMap<string, TruePlaces> {
  const callsOf = callsBehind(spans);
  const places = new Map<string, TruePlaces>();
  for (const span of spans) {
    const told = isInsideCall(span) ? callsOf(span) : [span];
    const named = new Set(told?.flatMap((one) => namedPlace(one, dir) ?? []));
    if (opensConnection(span)) continue;
    if (named.size > 0) places.set(idOf(span), named);
    else if (span.kind === 'server') places.set(idOf(span), nowhere);
  }
  return places;
}

const opensConnection = ({ name, attributes }: RawSpan) =>
  /^(?:pg\.connect|redis-connect|connect|client|info)$/.test(name) ||
  /^select version\(\)/i.test(statementOf(attributes));
const statementOf = (attributes: RawSpan['attributes']) =>
  textAttribute(attributes, 'db.query.text') ?? textAttribute(attributes, 'db.statement') ?? '';

const nowhere: TruePlaces = new Set(['none']);

export const idOf = ({ traceId, spanId }: Pick<RawSpan, 'traceId' | 'spanId'>) =>
  `${traceId} ${spanId}`;

function namedPlace({ attributes }: RawSpan, dir: string): string | undefined {
  const path = textAttribute(attributes, 'code.file.path');
  const line = attributeOf(attributes, 'code.line.number');
  return path === undefined ? undefined : `${relative(dir, path)}:${String(line)}`;
}

const calls = new Set(['prisma:client:operation', 'prisma:client:transaction']);
const isInsideCall = ({ name }: RawSpan) => name.startsWith('prisma:') && !calls.has(name);

function kindOf(span: RawSpan): string {
  const nest = textAttribute(span.attributes, 'nestjs.type');
  if (nest !== undefined) return nest === 'handler' ? 'NestJS handler' : 'NestJS request';
  if (span.kind === 'server') return 'HTTP server';
  if (textAttribute(span.attributes, 'express.type') !== undefined) return 'Express handler';
  if (span.name === 'prisma:client:operation') return 'Prisma operation';
  if (span.name === 'prisma:client:transaction') return 'Prisma $transaction';
  return isInsideCall(span) ? 'inside a Prisma call' : kindOfCall(span);
}

/** What leaves a service, and the spans that it starts itself. */
export const callKinds = [
  'HTTP call',
  'gRPC call',
  'message sent',
  'Redis or cache',
  'SQL',
  "span of the team's own",
] as const;

/** By what OpenTelemetry's conventions, old and new, have instrumentations say of it. */
function kindOfCall({ kind, attributes, name }: RawSpan): (typeof callKinds)[number] {
  const text = (...keys: readonly string[]) =>
    keys.map((key) => textAttribute(attributes, key)).find((value) => value !== undefined);
  const database = text('db.system.name', 'db.system');
  if (text('messaging.system', 'bullmq.queue.name') !== undefined) return 'message sent';
  if (text('rpc.system.name', 'rpc.system') === 'grpc' || name.startsWith('grpc.'))
    return 'gRPC call';
  if (database === 'redis') return 'Redis or cache';
  if (database !== undefined) return 'SQL';
  return kind === 'client' ? 'HTTP call' : "span of the team's own";
}

/** How the ladder did, by kind of span: `lines` are of the spans without their `code.*`. */
export function score(
  spans: readonly RawSpan[],
  lines: readonly MappedSpan[],
  places: ReadonlyMap<string, TruePlaces>,
): readonly KindScore[] {
  const said = new Map(lines.map((line) => [idOf(line), line]));
  const judged = spans.filter((span) => places.has(idOf(span)));
  return [...Map.groupBy(judged, kindOf)]
    .map(([kind, ofKind]) => {
      const tally = {
        kind,
        right: { exact: 0, strong: 0, likely: 0, weak: 0 },
        wrong: { exact: 0, strong: 0, likely: 0, weak: 0 },
        unmapped: 0,
      };
      const misses = new Set<string>();
      for (const span of ofKind) {
        const line = said.get(idOf(span));
        const truth = places.get(idOf(span)) ?? nowhere;
        assert.ok(line !== undefined, `${span.name} is in the answer`);
        const place = line.file === null ? 'none' : `${line.file}:${String(line.line)}`;
        if (line.confidence === 'unmapped') tally.unmapped += Number(!truth.has('none'));
        else tally[truth.has(place) ? 'right' : 'wrong'][line.confidence] += 1;
        if (!truth.has(place))
          misses.add(
            `${span.name}: ${[...truth].join(' or ')}, said ${place} (${line.confidence})`,
          );
      }
      return { ...tally, misses: [...misses] };
    })
    .toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
}

const levels = ['exact', 'strong', 'likely', 'weak'] as const;
const sum = (counts: Readonly<Record<Confidence, number>>) =>
  levels.reduce((total, level) => total + counts[level], 0);

/** Of all spans together. */
export function totals(scores: readonly KindScore[]) {
  const right = scores.reduce((total, one) => total + sum(one.right), 0);
  const wrong = scores.reduce((total, one) => total + sum(one.wrong), 0);
  const unmapped = scores.reduce((total, one) => total + one.unmapped, 0);
  const surelyWrong = scores.reduce((total, { wrong: w }) => total + w.exact + w.strong, 0);
  const spans = right + wrong + unmapped;
  return { spans, right, wrong, unmapped, surelyWrong, share: right / spans };
}

/** A Markdown table. */
export function accuracyTable(scores: readonly KindScore[]): string {
  const cells = (counts: Readonly<Record<Confidence, number>>) => {
    const named = levels.flatMap((level) =>
      counts[level] === 0 ? [] : [`${String(counts[level])} ${level}`],
    );
    return named.length === 0 ? '0' : named.join(', ');
  };
  const rows = scores.map((one) => {
    const all = sum(one.right) + sum(one.wrong) + one.unmapped;
    const share = all === 0 ? '' : `${((100 * sum(one.right)) / all).toFixed(1)} %`;
    return [one.kind, String(all), share, cells(one.right), cells(one.wrong), String(one.unmapped)];
  });
  const { spans, right, wrong, unmapped, share } = totals(scores);
  const whole = `${(100 * share).toFixed(1)} %`;
  rows.push(['all', String(spans), whole, String(right), String(wrong), String(unmapped)]);
  const head = ['kind of span', 'spans', 'right', 'right at', 'wrong at', 'unmapped'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
