import { formatCount, formatPercent } from '../base/format.ts';
import { message } from '../base/message.ts';
import type { CostKind } from './costKind.ts';
import type { CostNode, PerRequest } from './explanation.ts';

/** What time is spent on, in words. */
export function kindText(kind: CostKind): string {
  switch (kind) {
    case 'code':
      return message('code');
    case 'database':
      return message('database');
    case 'http':
      return message('outgoing HTTP');
    case 'cache':
      return message('cache');
    case 'messages':
      return message('messages');
    case 'waiting':
      return message('waiting for a connection');
  }
}

/** `86% in 22 × GET tax-authority`: what most of the time goes to. The name is a span's: hostile text. */
export function costText({ share, callsPerRequest: { slow }, symbol }: CostNode): string {
  return slow > 1
    ? message('{0} in {1} × {2}', formatPercent(share), formatCount(slow), symbol)
    : message('{0} of the time in {1}', formatPercent(share), symbol);
}

/** `31, usually 4`. */
export function perRequestText({ slow, usual }: PerRequest): string {
  return usual === undefined || usual === slow
    ? formatCount(slow)
    : message('{0}, usually {1}', formatCount(slow), formatCount(usual));
}
