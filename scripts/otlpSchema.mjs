// Writes src/sources/otlp/schema.ts from the official .proto files beside it: `npm run generate:otlp`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import protobuf from 'protobufjs';

const folder = fileURLToPath(new URL('../src/sources/otlp/', import.meta.url));
const root = new protobuf.Root();
root.resolvePath = (_origin, target) => `${folder}proto/${target}`;
root.loadSync('opentelemetry/proto/collector/trace/v1/trace_service.proto');

const source = `// Generated from proto/ by \`npm run generate:otlp\`: change nothing here.

/** OTLP's messages, as the official .proto files of opentelemetry-proto v1.9.0 define them. */
export const otlpSchema = ${JSON.stringify(root.toJSON())};
`;
const style = await prettier.resolveConfig(`${folder}schema.ts`);
writeFileSync(
  `${folder}schema.ts`,
  await prettier.format(source, { ...style, parser: 'typescript' }),
);
