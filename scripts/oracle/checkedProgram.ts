import { dirname, join } from 'node:path';
import ts from 'typescript';
import { prismaStub, stubPath } from './prismaStub.ts';

/**
 * TypeScript's program of a workspace's files: packages by what is installed, packages of the workspace by their
 * folders, imports by the nearest tsconfig.json, and a client of Prisma's, where none is generated.
 *
 * @param models delegate's name to model
 */
export function checkedProgram(
  paths: readonly string[],
  models: ReadonlyMap<string, string>,
  packageFolders: ReadonlyMap<string, string>,
): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    experimentalDecorators: true,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
  };
  const files = ts.createCompilerHost(options);
  const stub = prismaStub(models);
  const near = nearestOptions(options);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (path) => path === stubPath || files.fileExists(path),
    getSourceFile: (path, version, ...rest) =>
      path === stubPath
        ? ts.createSourceFile(path, stub, version)
        : files.getSourceFile(path, version, ...rest),
    resolveModuleNameLiterals: (names, from) =>
      names.map(({ text }) => {
        const found = ts.resolveModuleName(text, from, near(dirname(from)), files);
        const isClient =
          text === '@prisma/client' || (!found.resolvedModule && ofGenerated.test(text));
        if (isClient)
          return { resolvedModule: { resolvedFileName: stubPath, extension: ts.Extension.Dts } };
        return found.resolvedModule ? found : ofWorkspace(text, packageFolders, files, options);
      }),
  };
  return ts.createProgram([...paths, stubPath], options, host);
}

/** Where nothing is: `../generated/prisma/client`, `.prisma/client`, `@acme/db/prisma`. */
const ofGenerated = /^(?:\.|@).*(?:prisma|generated).*/i;

function ofWorkspace(
  text: string,
  folders: ReadonlyMap<string, string>,
  host: ts.CompilerHost,
  options: ts.CompilerOptions,
): ts.ResolvedModuleWithFailedLookupLocations {
  for (const [name, folder] of folders) {
    if (text !== name && !text.startsWith(`${name}/`)) continue;
    const inside = `.${text.slice(name.length)}`;
    for (const base of [join(folder, 'src'), folder]) {
      const found = ts.resolveModuleName(inside, join(base, 'x.ts'), options, host);
      if (found.resolvedModule) return found;
    }
  }
  return { resolvedModule: undefined };
}

/** Options of the nearest tsconfig.json that say where imports lead. */
function nearestOptions(base: ts.CompilerOptions): (folder: string) => ts.CompilerOptions {
  const known = new Map<string, ts.CompilerOptions>();
  return (folder) => {
    const path = ts.findConfigFile(folder, (file) => ts.sys.fileExists(file)) ?? '';
    const found = known.get(path) ?? (path === '' ? base : { ...base, ...importOptions(path) });
    known.set(path, found);
    return found;
  };
}

function importOptions(path: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const host: ts.ParseConfigHost = { ...ts.sys, readDirectory: () => [] };
  const { options } = ts.parseJsonConfigFileContent(config, host, dirname(path), undefined, path);
  return Object.fromEntries(Object.entries(options).filter(([name]) => ofImports.has(name)));
}

const ofImports = new Set(['baseUrl', 'paths', 'pathsBasePath', 'rootDirs']);
