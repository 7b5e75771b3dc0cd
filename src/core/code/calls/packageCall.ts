import type { Origin } from '../language/types/valueTypes.ts';
import { originOf } from '../language/types/origin.ts';
import type { CallParts, RecordedCall } from './callLibrary.ts';

/** A call of something that comes from a package. */
export interface PackageCall {
  readonly origin: Origin;
  /** What it is called on, by its way from the package: `create()`, `HttpService.axiosRef`; empty: the package itself. */
  readonly receiver: string;
  /** The called name; empty: the receiver itself is called; `[]`: a computed one. */
  readonly called: string;
}

/** Undefined: it isn't a package's, or a class of the workspace stands between. */
export function packageCall(parts: CallParts, call: RecordedCall): PackageCall | undefined {
  const { name } = call.fact;
  const origin = originOf(call.type) ?? inheritedOrigin(parts, call);
  if (!origin) return undefined;
  const path = origin.path.replace(/^(?:default|\*)(?:\.default)*(?=\.|$)\.?/, '');
  if (name !== '') return { origin, receiver: path, called: name };
  const dot = path.lastIndexOf('.');
  return path.endsWith('()')
    ? { origin, receiver: path, called: '' }
    : { origin, receiver: path.slice(0, Math.max(dot, 0)), called: path.slice(dot + 1) };
}

/** Of a class or an interface that inherits the called method from a package: `class TaxClient extends HttpService`. */
function inheritedOrigin(
  { classes, types }: CallParts,
  { fact, type }: RecordedCall,
): Origin | undefined {
  if (type.kind === 'interface') return ownerOf(originOf(types.member(type, fact.name)));
  if (type.kind !== 'instance' || types.method(type, fact.name)) return undefined;
  const { outside, classes: all } = classes.ancestry(type.symbol);
  if (outside === undefined || outside === 'unknown') return undefined;
  const made = all.at(-1);
  const args = made?.fact.superArguments;
  return {
    module: outside.module,
    path: outside.name,
    ...(made && args && { made: { args, context: { path: made.symbol.path, self: type.symbol } } }),
  };
}

/** What a member is one of. */
function ownerOf(member: Origin | undefined): Origin | undefined {
  const end = member?.path.lastIndexOf('.') ?? -1;
  return member && end > 0 ? { ...member, path: member.path.slice(0, end) } : undefined;
}
