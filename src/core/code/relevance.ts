import { libraries } from './calls/libraries.ts';
import { isGeneratedClient } from './calls/prisma/generatedClient.ts';

const sourceFile = /\.[cm]?[jt]sx?$/;
const declarationFile = /\.d\.[cm]?ts$/;
/** Tests declare controllers and run queries that no service ever serves. */
const testFile =
  /\.(spec|test|e2e-spec|e2e|int-spec|stories|bench)\.[cm]?[jt]sx?$|\/(__tests__|__mocks__)\//;

/** True for a file that may hold handlers, queries or what they call. */
export function isSourceFile(path: string): boolean {
  return sourceFile.test(path) && !declarationFile.test(path) && !testFile.test(path);
}

const otherSource = /\.(?:go|py|java|kt|rs|php|rb|cs)$/;
const installed = /\/(?:vendor|target|venv|\.venv|site-packages|__pycache__)\//;

/** True for a source in a language that isn't read, but that spans may name. */
export function isOtherSource(path: string): boolean {
  return (otherSource.test(path) || isGoModule(path)) && !installed.test(path);
}

/** True for a file that makes its folder a Go module. */
export const isGoModule = (path: string): boolean => /(?:^|\/)go\.mod$/.test(path);

/** True for Go code that may register routes. */
export const isGoSource = (path: string): boolean =>
  path.endsWith('.go') && !path.endsWith('_test.go');

/** What only code of the frameworks has: other files matter when one of these imports them. */
const frameworkText = /@nestjs\/|@nestia\/|@golevelup\/|nestjs-sqs|opentelemetry|\bNodeSDK\b/i;

/** True for text that must be read; files it imports follow. Cheap: runs over every file. */
export function mentionsFramework(text: string): boolean {
  const isMentioned =
    frameworkText.test(text) || libraries.some((library) => library.mentions(text));
  return isMentioned && !isGeneratedClient(text);
}

/** `orders.ts` for `orders.js`: a build output beside its source isn't read. */
export function sourceBeside(path: string): readonly string[] {
  const match = /\.([cm]?)jsx?$/.exec(path);
  if (!match) return [];
  const bare = path.slice(0, match.index);
  return [`${bare}.${match[1] ?? ''}ts`, `${bare}.tsx`];
}
