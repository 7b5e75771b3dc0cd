import type { OtherCallSite, PrismaCallSite } from '../model.ts';
import { callName } from './prisma/callName.ts';
import { statementName } from './sql/statementName.ts';

/** What a call is called by. */
export type NamedCall =
  | Pick<PrismaCallSite, 'library' | 'model' | 'operation'>
  | Pick<
      OtherCallSite,
      'library' | 'operation' | 'target' | 'system' | 'detail' | 'command' | 'destinations'
    >;

/** `order.findMany` as the code spells it; of other libraries what is done to what: `GET tax.example/rates/*`, `Kafka send orders`, `span charge`. */
export function callTitle(call: NamedCall): string {
  if (call.library === 'prisma') return callName(call);
  const { library, operation = library, target, system, detail, command } = call;
  if (library === 'spans') return `span ${target ?? '*'}`;
  if (library === 'sql') return sqlTitle(operation, target);
  if (library === 'cache')
    return [system, operation.toUpperCase(), target].filter(Boolean).join(' ');
  const of = [shownTarget(call), detail].filter((part) => part !== undefined);
  // An RPC's name has the method in it.
  const words =
    library === 'grpc' && target !== undefined ? [system] : [system, command ?? operation];
  return [...words, of.join('/')].filter(Boolean).join(' ');
}

/** `SQL SELECT orders`; of a statement that isn't known the client's method. */
function sqlTitle(operation: string, statement: string | undefined): string {
  const { verb, table } = statementName(statement ?? '');
  return ['SQL', verb || operation, table].filter(Boolean).join(' ');
}

/** Without what everybody's begins with; of a batch all topics. */
function shownTarget({
  system = '',
  target,
  destinations = [],
}: Pick<OtherCallSite, 'system' | 'target' | 'destinations'>): string | undefined {
  if (destinations.length > 1) return destinations.join(', ');
  const isAws = system === 'SQS' || system === 'SNS';
  return target?.replace(isAws ? /^.*[/:]/ : /^https?:\/\//, '');
}
