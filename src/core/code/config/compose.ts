import { asText, asTexts } from './json.ts';
import { readYaml, yamlValue } from './yaml.ts';

interface ComposeService {
  readonly name: string;
  /** Its build folder, relative to the file. */
  readonly context: string | undefined;
  readonly serviceName: string;
}

/** Services of a compose file that set OTEL_SERVICE_NAME, with their build folder. */
export function readCompose(text: string): readonly ComposeService[] {
  const services = yamlValue(readYaml(text), 'services');
  if (!(services instanceof Map)) return [];
  return [...(services as Map<unknown, unknown>)].flatMap(([name, service]) => {
    const serviceName = variableOf(service);
    if (serviceName === undefined || typeof name !== 'string') return [];
    const build = yamlValue(service, 'build');
    return [{ name, context: asText(build) ?? asText(yamlValue(build, 'context')), serviceName }];
  });
}

/** Of its environment, a mapping or a list of `KEY=value`; else of what it runs. */
function variableOf(service: unknown): string | undefined {
  const environment = yamlValue(service, 'environment');
  const set = asText(yamlValue(environment, 'OTEL_SERVICE_NAME'));
  if (set !== undefined) return set;
  const assignments = asTexts(environment).filter((one) => one.startsWith('OTEL_SERVICE_NAME='));
  const last = assignments.at(-1);
  if (last !== undefined) return last.slice(last.indexOf('=') + 1);
  const run = ['command', 'entrypoint'].map((key) => {
    const value = yamlValue(service, key);
    return asText(value) ?? asTexts(value).join(' ');
  });
  return /OTEL_SERVICE_NAME=["']?([^\s"']+)/.exec(run.join(' '))?.[1];
}
