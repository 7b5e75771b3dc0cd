import { formatCount, formatDuration } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { microseconds, type SpanRow } from '../../../src/core/base/units.ts';
import { subtreeOf } from '../../../src/core/waterfall/barParts.ts';
import { alikeLabel } from '../../../src/core/trace/alikeLabel.ts';
import { describeGroup, describeRow, isError } from '../../../src/core/waterfall/describeRow.ts';
import { hasChildren } from '../../../src/core/waterfall/fold.ts';
import { isMiddleware } from '../../../src/core/waterfall/internalSpans.ts';
import { shownMembers, type LineRef } from '../../../src/core/waterfall/lineRefs.ts';
import type { ShownLine } from '../../../src/core/waterfall/shownLine.ts';
import type { ConfidenceName } from '../../../src/protocol/waterfall.ts';
import type { WaterfallModel } from '../model.ts';
import {
  colorOf,
  confidenceOf,
  figuresOfGroup,
  isCostly,
  marksOf,
  placeOf,
  type PageTrace,
} from '../openTrace.ts';

/** What a line shows, and says. */
export interface LineContent extends ShownLine {
  /** For a screen reader. */
  readonly spoken: string;
  readonly confidence: ConfidenceName;
}

/** What lines are told from besides the trace. */
export type LineView = Pick<WaterfallModel, 'lines' | 'viewState' | 'matches'>;

export const lineContent = (
  model: LineView,
  trace: PageTrace,
  { row, group }: LineRef,
): LineContent => (group < 0 ? spanContent(model, trace, row) : groupContent(model, trace, group));

function spanContent(model: LineView, trace: PageTrace, row: SpanRow): LineContent {
  const { shape } = trace.opened;
  const { columns } = shape;
  const isParent = hasChildren(shape, row);
  const isFolded = isParent && model.viewState.folds[row] === 1;
  const isMatch = model.matches?.[row] === 1;
  const duration = columns.duration[row] ?? 0;
  const repeats = trace.opened.repeats[row] ?? 0;
  return {
    classes: [
      ...sharedClasses(model, trace, row, isMatch),
      ...(isError(shape, row) ? ['error'] : []),
      ...(columns.critical[row] === 1 ? ['critical'] : []),
      ...(trace.joinedRoots.has(row) ? ['joined-root'] : []),
    ],
    isParent,
    isFolded,
    spoken: describeRow(shape, row, marksOf(trace, row, isFolded, isMatch)),
    count: '',
    operation: trace.text.operation(row),
    service: otherService(trace, row),
    repeats: repeats > 1 ? `×${formatCount(repeats)}` : '',
    origin: trace.joinedRoots.has(row) ? message('linked trace') : '',
    isCostly: isCostly(trace, row),
    place: placeOf(trace, row),
    confidence: confidenceOf(trace, row),
    start: columns.start[row] ?? 0,
    length: duration,
    time: formatDuration(microseconds(duration)),
    members: undefined,
    onPath: [isFolded ? subtreeOf(columns, row) : { from: row, to: row + 1 }],
    parentRow: isParent ? row : undefined,
  };
}

function groupContent(model: LineView, trace: PageTrace, group: number): LineContent {
  const { shape } = trace.opened;
  const { columns } = shape;
  const figures = figuresOfGroup(trace, model.lines, group);
  const members = shownMembers(trace.groups, model.lines, group);
  const { costliest: row } = figures;
  const isFolded = !model.viewState.openGroups.has(group);
  const { matches } = model;
  const isMatch = matches !== undefined && members.some((member) => hasMatch(matches, member));
  const isOneName = members.every((member) => columns.operation[member] === columns.operation[row]);
  const isMixed =
    !isOneName && isMiddleware(shape.operationNames[columns.operation[row] ?? 0] ?? '');
  const label = trace.text.operation(row);
  const name = isMixed ? message('middleware') : isOneName ? label : alikeLabel(label);
  const confidence = confidenceOf(trace, row);
  return {
    classes: [
      'group',
      ...sharedClasses(model, trace, row, isMatch),
      ...(figures.errors > 0 ? ['error'] : []),
      ...(members.some((member) => columns.critical[member] === 1) ? ['critical'] : []),
    ],
    isParent: true,
    isFolded,
    spoken: describeGroup(
      name,
      shape.services[columns.service[row] ?? 0] ?? '',
      figures,
      isMatch,
      confidence,
    ),
    count: `${formatCount(figures.count)} ×`,
    operation: name,
    service: otherService(trace, row),
    repeats: '',
    origin: '',
    isCostly: isCostly(trace, row),
    place: isMixed ? '' : placeOf(trace, row),
    confidence,
    start: figures.start,
    length: figures.length,
    time: `${formatDuration(microseconds(figures.covered))} · p95 ${formatDuration(microseconds(figures.p95))}`,
    members,
    onPath: isFolded ? Array.from(members, (member) => subtreeOf(columns, member)) : [],
    parentRow: undefined,
  };

  /** Of the member or of a span below it. */
  function hasMatch(marks: Uint8Array, member: number): boolean {
    const at = marks.indexOf(1, member);
    return at >= 0 && at < member + (columns.subtreeSize[member] ?? 1);
  }
}

function sharedClasses(
  model: LineView,
  trace: PageTrace,
  row: SpanRow,
  isMatch: boolean,
): readonly string[] {
  return [
    `service-${colorOf(trace, row)}`,
    ...(isMatch ? ['match'] : model.matches ? ['no-match'] : []),
    ...(confidenceOf(trace, row) === 'unmapped' ? ['unmapped'] : []),
  ];
}

/** The service where it is another than the parent's. */
function otherService(trace: PageTrace, row: SpanRow): string {
  const { parent, service } = trace.opened.shape.columns;
  const above = parent[row] ?? -1;
  return above >= 0 && service[above] === service[row] ? '' : trace.text.service(row);
}
