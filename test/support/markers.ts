import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines that a comment `// [route] what` marks, by `route what`: `cats.repository.ts:24`. */
export function readMarkers(folder: string, files: readonly string[]): ReadonlyMap<string, string> {
  const markers = new Map<string, string>();
  for (const file of files) {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      const [, route, whats] = /\/\/ \[(\w+)\] ([\w ]+)$/.exec(line) ?? [];
      for (const what of whats?.split(' ') ?? [])
        markers.set(`${route ?? ''} ${what}`, `${file}:${String(index + 1)}`);
    }
  }
  return markers;
}
