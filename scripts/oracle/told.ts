/** What a value is, as the type checker or the index tells it. */
export type Told =
  /** A class, interface or type of the workspace, by its file and name. */
  | { readonly kind: 'workspace'; readonly path: string; readonly name: string }
  | { readonly kind: 'package'; readonly module: string }
  /** Prisma's client, or one of its models by the delegate's name; empty: any of them. */
  | { readonly kind: 'client' }
  | { readonly kind: 'model'; readonly name: string }
  /** Arrays, promises, texts and whatever else JavaScript itself has. */
  | { readonly kind: 'language' }
  | { readonly kind: 'unknown' };

/** `OrdersService (orders/orders.service.ts)`, `axios`, `prisma.order`. */
export function shown(told: readonly Told[], root: string): string {
  return [...new Set(told.map((one) => shownOne(one, root)))].join(' | ') || 'nothing';
}

function shownOne(told: Told, root: string): string {
  switch (told.kind) {
    case 'workspace':
      return `${told.name} (${told.path.replace(`${root}/`, '')})`;
    case 'package':
      return told.module;
    case 'client':
      return "Prisma's client";
    case 'model':
      return `prisma.${told.name || '?'}`;
    case 'language':
    case 'unknown':
      return told.kind;
  }
}

/** Whether two may be the same value's. */
export const isSame = (a: Told, b: Told): boolean => {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'workspace' && b.kind === 'workspace')
    return a.path === b.path && a.name === b.name;
  if (a.kind === 'package' && b.kind === 'package') return a.module === b.module;
  return (
    a.kind !== 'model' || b.kind !== 'model' || a.name === b.name || a.name === '' || b.name === ''
  );
};
