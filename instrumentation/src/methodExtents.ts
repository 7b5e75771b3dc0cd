import { findClass, offsetInClass, positionIn, type FileTexts } from './classText.ts';
import { decoratedIn } from './decorated.ts';
import { methodsOf } from './methods.ts';
import { pathOf } from './sourceMaps.ts';

interface Extent {
  readonly functionName: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Classes whose methods callbacks may stand in. */
const classes = new Set<object>();
/** By the path of the file that Node runs; made when first asked for. */
let extents: Map<string, readonly Extent[]> | undefined;

/** Instances of the classes with these prototypes run the application. */
export function rememberClasses(prototypes: Iterable<object>): void {
  for (const prototype of prototypes) classes.add(prototype);
  extents = undefined;
}

/**
 * The method of a remembered class that a line of a running file is in: for functions without a name of
 * their own. Undefined where none, or more than one on the same line, is around it.
 */
export function methodAround(script: string, line: number): string | undefined {
  extents ??= readExtents();
  const around = extents
    .get(pathOf(script))
    ?.filter(({ firstLine, lastLine }) => firstLine <= line && line <= lastLine);
  return around?.length === 1 ? around[0]?.functionName : undefined;
}

function readExtents(): Map<string, readonly Extent[]> {
  const texts: FileTexts = new Map();
  const found = new Map<string, Extent[]>();
  for (const prototype of classes) {
    const own = methodsOf(prototype);
    const type = prototype.constructor;
    const scripts = [type, ...own.map(({ value }) => value)].map(decoratedIn).find(Boolean) ?? [];
    const place = findClass(type.toString(), scripts, texts);
    if (place === undefined) continue;
    const list = found.get(pathOf(place.script)) ?? [];
    found.set(pathOf(place.script), list);
    for (const { name, value } of own) {
      const start = offsetInClass(place.text, name, value.toString());
      if (start === undefined) continue;
      const firstLine = positionIn(place.file, place.offset + start).line;
      const lastLine = firstLine + value.toString().split('\n').length - 1;
      list.push({ functionName: `${type.name}.${name}`, firstLine, lastLine });
    }
  }
  return found;
}
