import type { OtherCallSite, PrismaCallSite } from '../model.ts';
import { callName } from './prisma/callName.ts';

/** What a call is called by. */
export type NamedCall =
  | Pick<PrismaCallSite, 'library' | 'model' | 'operation'>
  | Pick<OtherCallSite, 'library' | 'operation' | 'target'>;

/** `order.findMany` as the code spells it; of other libraries what is done to what: `GET tax.example/rates/*`. */
export function callTitle(call: NamedCall): string {
  if (call.library === 'prisma') return callName(call);
  const { library, operation = library, target } = call;
  return target === undefined ? operation : `${operation} ${target.replace(/^https?:\/\//, '')}`;
}
