/** Variables of a .env file: `KEY=value`, quotes and `export` removed, no expansion. */
export function readEnvironment(text: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line.trimEnd());
    if (!match) continue;
    const value = (match[2] ?? '').trim();
    const quoted = /^(["'])(.*?)\1/.exec(value);
    variables[match[1] ?? ''] = quoted ? (quoted[2] ?? '') : withoutComment(value);
  }
  return variables;
}

/** What comes before a `#` with a space in front. */
function withoutComment(value: string): string {
  const start = value.search(/\s#/);
  return start < 0 ? value : value.slice(0, start).trimEnd();
}

interface ComposeService {
  readonly name: string;
  readonly context: string | undefined;
  readonly serviceName: string;
}

/**
 * Services of a compose file that set OTEL_SERVICE_NAME, with their build folder. Reads lines by their
 * indentation: the two keys wanted are scalars wherever they stand, so a YAML parser isn't needed.
 */
export function readCompose(text: string): readonly ComposeService[] {
  const found: ComposeService[] = [];
  let inServices = false;
  let indent = -1;
  let name = '';
  let context: string | undefined;
  let serviceName: string | undefined;
  const finish = () => {
    if (serviceName !== undefined) found.push({ name, context, serviceName });
    context = undefined;
    serviceName = undefined;
  };
  for (const line of text.split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue;
    const depth = line.length - line.trimStart().length;
    if (depth === 0) {
      finish();
      inServices = line.startsWith('services:');
      indent = -1;
      continue;
    }
    if (!inServices) continue;
    if (indent < 0) indent = depth;
    if (depth === indent) {
      finish();
      name = line.trim().replace(/:.*$/, '');
      continue;
    }
    const build = /^\s*(?:build|context):\s*["']?([^"'#\s{]+)/.exec(line);
    if (build) context = build[1];
    const variable = /OTEL_SERVICE_NAME["']?\s*[:=]\s*["']?([^"'#\s]+)/.exec(line);
    if (variable) serviceName = variable[1];
  }
  finish();
  return found;
}
