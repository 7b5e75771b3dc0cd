import { readdirSync, type Dirent } from 'node:fs';
import { joinPath } from '../../core/code/language/program/paths.ts';
import { readSmallText, statOf } from './regularFile.ts';

/** Folders of one schema: `prisma/schema/models`. */
const mostLevels = 2;
const mostFiles = 200;
const maxConfigBytes = 100_000;

/**
 * Files of the Prisma schema that a package has: where its configuration says (`prisma.schema` of package.json,
 * prisma.config), else where Prisma looks for it.
 *
 * @param named `prisma.schema` of its package.json
 * @see https://www.prisma.io/docs/orm/prisma-schema/overview/location
 */
export function schemaFilesIn(folder: string, named: string | undefined): readonly string[] {
  const chosen = named ?? schemaOfConfig(folder);
  const places = chosen === undefined ? ['schema.prisma', 'prisma'] : [chosen];
  return places.flatMap((place) => schemaFiles(joinPath(folder, place), mostLevels));
}

/** Of a text in it, the only part of a path that is read: a folder is as good as a file. */
function schemaOfConfig(folder: string): string | undefined {
  for (const extension of ['ts', 'mts', 'js', 'mjs', 'cjs']) {
    const text = readSmallText(`${folder}/prisma.config.${extension}`, maxConfigBytes);
    const found =
      /\bschema\s*:\s*(?:(?:path\.)?(?:join|resolve)\(\s*(?:[\w.]+\s*,\s*)*)?["'`]([^"'`]+)/.exec(
        text ?? '',
      )?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

function schemaFiles(path: string, levels: number): readonly string[] {
  const found = statOf(path);
  if (found?.isFile() === true) return isSchema(path) ? [path] : [];
  if (found?.isDirectory() !== true) return [];
  return entriesOf(path)
    .flatMap((entry) => {
      const inner = `${path}/${entry.name}`;
      if (entry.isFile()) return isSchema(entry.name) ? [inner] : [];
      return entry.isDirectory() && levels > 0 ? schemaFiles(inner, levels - 1) : [];
    })
    .slice(0, mostFiles);
}

const isSchema = (name: string): boolean => /\.(?:prisma|zmodel)$/.test(name);

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // it isn't ours to read
  }
}
