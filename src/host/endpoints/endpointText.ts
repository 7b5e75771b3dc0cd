import { formatCount, formatDuration } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { basisSentences } from '../../core/correlate/basisText.ts';
import type { Figures } from '../../core/correlate/figures.ts';
import { errorParts, quantilesText, totalText } from '../../core/correlate/figuresText.ts';
import { noTracesText } from '../../core/correlate/lensText.ts';
import type { EndpointRow } from '../../core/correlate/endpoints.ts';
import { requestsText } from '../labels.ts';
import type { BarTone } from './barIcon.ts';
import type { EndpointOrder } from './endpointOrder.ts';
import { rowTitle } from './rowTitle.ts';

/** What a row is ordered by; empty without figures. */
export function costText({ figures }: EndpointRow, order: EndpointOrder): string {
  if (!figures) return '';
  switch (order) {
    case 'p95':
      return formatDuration(figures.p95);
    case 'total':
      return formatDuration(figures.total);
    case 'errors':
      return formatCount(figures.errors);
    case 'count':
      return formatCount(figures.count);
  }
}

/** Beside the label: the figures that it doesn't give. */
export function rowDescription(
  { figures }: EndpointRow,
  order: EndpointOrder,
  windowMinutes: number,
): string {
  if (!figures) return noTracesText(windowMinutes);
  const parts = figureParts(figures);
  const rest = (['p95', 'count', 'errors', 'total'] as const).filter(
    (part) => part !== order || part === 'errors',
  );
  return rest.flatMap((part) => parts[part]).join(' · ');
}

/** Each as the parts of a list that it makes: no errors make none. */
function figureParts(figures: Figures): Record<EndpointOrder, readonly string[]> {
  return {
    p95: [message('p95 {0}', formatDuration(figures.p95))],
    total: [totalText(figures)],
    errors: errorParts(figures),
    count: [requestsText(figures.count)],
  };
}

/** What a screen reader says of a row: title, then every figure; what its icon says, errors say in words. */
export function spokenRow(row: EndpointRow, windowMinutes: number, tone: BarTone): string {
  const { figures } = row;
  if (!figures) return `${rowTitle(row)}, ${noTracesText(windowMinutes)}`;
  const { p95, total, errors, count } = figureParts(figures);
  const slow = tone === 'slow' ? [message('slow')] : [];
  return [rowTitle(row), ...p95, ...slow, ...errors, ...count, ...total].join(', ');
}

/** The lines of a row's tooltip; plain text. */
export function rowDetails(row: EndpointRow): readonly string[] {
  const { figures, handler, reason } = row;
  const symbol = handler ? [`${handler.controller}.${handler.handler}`] : [];
  const why = reason === '' ? [] : [reason];
  if (!figures) return [...symbol, ...why];
  const { total, errors, count } = figureParts(figures);
  return [
    ...symbol,
    quantilesText(figures),
    [...count, ...errors, ...total].join(' · '),
    ...why,
    ...basisSentences(figures),
  ];
}
