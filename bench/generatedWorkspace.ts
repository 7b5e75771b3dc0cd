import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A third controllers, services and plain code each, as wide as real ones; returns its bytes. */
export async function generateWorkspace(root: string, files: number): Promise<number> {
  let bytes = 0;
  const write = async (name: string, text: string) => {
    bytes += Buffer.byteLength(text);
    await writeFile(join(root, name), text);
  };
  const groups = Math.floor(files / 3);
  await mkdir(join(root, 'src'), { recursive: true });
  const models = Array.from({ length: 50 }, (_, i) => `model Thing${i} {\n  id Int @id\n}`);
  await write('schema.prisma', models.join('\n'));
  await write('package.json', '{ "name": "generated" }');
  await write('src/prisma.service.ts', prismaServiceText(''));
  await write('src/main.ts', mainText(groups));
  for (let i = 0; i < groups; i += 1) {
    await Promise.all([
      write(`src/c${i}.controller.ts`, controllerText(i, '')),
      write(`src/s${i}.service.ts`, serviceText(i)),
      write(`src/p${i}.ts`, plainText(i)),
    ]);
  }
  return bytes;
}

/** `extra`: a member. */
export function prismaServiceText(extra: string): string {
  return `import { PrismaClient } from '@prisma/client';
export class PrismaService extends PrismaClient { ${extra} }`;
}

function mainText(groups: number): string {
  const names = Array.from({ length: groups }, (_, i) => i);
  return `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
${names.map((i) => `import { C${i}Controller } from './c${i}.controller';`).join('\n')}
@Module({ controllers: [${names.map((i) => `C${i}Controller`).join(', ')}] })
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('api');
}
bootstrap();`;
}

/** `extra`: another member. */
export function controllerText(i: number, extra: string): string {
  const methods = Array.from(
    { length: 8 },
    (_, m) => `  @Get(':id/m${m}')
  @UseGuards(AuthGuard)
  @ApiResponse({ status: 200, description: 'The thing number ${m} of this controller' })
  async m${m}(@Param('id') id: string, @Query() query: Query): Promise<unknown> {
    const found = await this.service.find${m}(id, query);
    if (!found) throw new NotFoundException(\`No thing \${id}\`);
    return this.service.describe(found);
  }`,
  );
  return `import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { S${i}Service } from './s${i}.service';
@Controller('c${i}')
export class C${i}Controller {
  constructor(private readonly service: S${i}Service) {}
${extra}
${methods.join('\n')}
}`;
}

function serviceText(i: number): string {
  const methods = Array.from(
    { length: 8 },
    (_, m) => `  async find${m}(id: string, query: Query) {
    const where = { id: Number(id), ...query.where, name: { contains: query.text ?? '' } };
    const rows = await this.prisma.thing${(i + m) % 50}.findMany({ where, take: 10 });
    for (const row of rows) {
      await this.prisma.thing${(i + m + 1) % 50}.update({ where: { id: row.id }, data: { seen: true } });
    }
    return rows.filter((row) => row.visible).map((row) => plain${i}(row));
  }`,
  );
  return `import { Injectable } from '@nestjs/common';
import { PrismaService } from './prisma.service';
import { plain${i} } from './p${i}';
@Injectable()
export class S${i}Service {
  constructor(private readonly prisma: PrismaService) {}
  describe(found: unknown) { return { found }; }
${methods.join('\n')}
}`;
}

function plainText(i: number): string {
  const lines = Array.from(
    { length: 60 },
    (_, n) =>
      `  if (input.kind === 'kind${n}') return { ...input, size: ${n} * input.size, label: \`\${input.name} ${n}\` };`,
  );
  return `export function plain${i}(input: { kind: string; size: number; name: string }) {
${lines.join('\n')}
  return input;
}`;
}
