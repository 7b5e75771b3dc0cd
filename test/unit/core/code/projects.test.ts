import assert from 'node:assert/strict';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

describe('projects and their service names', () => {
  it('are named in code, env files, compose files and scripts, each with its evidence', () => {
    const index = indexFiles({
      'apps/a/package.json': `{ "name": "a", "scripts": { "start": "OTEL_SERVICE_NAME=a-script node ." } }`,
      'apps/a/.env': '# comment\nexport OTEL_SERVICE_NAME="a-env"\n',
      'apps/b/package.json': `{ "name": "b" }`,
      'apps/b/tracing.ts': `import { NodeSDK } from '@opentelemetry/sdk-node'; import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import { resourceFromAttributes } from '@opentelemetry/resources';
const name = 'b-sdk';
new NodeSDK({ serviceName: name });
resourceFromAttributes({ 'service.name': process.env.X ?? 'b-text' });
resourceFromAttributes({ [ATTR_SERVICE_NAME]: 'b-resource' });`,
      'docker-compose.yml': `services:
  b:
    build:
      context: ./apps/b
    environment:
      - OTEL_SERVICE_NAME=b-compose
  db:
    image: postgres
`,
    });
    const names = index.projects.map((p) => [p.name, p.serviceNames.map((s) => s.name)]);
    assert.deepEqual(names, [
      ['a', ['a-env', 'a-script']],
      ['b', ['b-sdk', 'b-text', 'b-resource', 'b-compose']],
    ]);
    const evidence = index.projects[1]?.serviceNames.map((s) => s.evidence);
    assert.equal(evidence?.[0], 'SDK configuration in b/tracing.ts:4');
  });

  it('a workspace without package.json is one project', () => {
    const index = indexFiles({ 'src/a.ts': 'class A {}' });
    assert.deepEqual(
      index.projects.map((p) => p.root),
      ['/ws/src'],
    );
  });
});
