import { callsOf, indexFiles } from './memoryWorkspace.ts';

export const schema = `
model User { id Int @id }
// model Ghost { id Int }
model OrderItem {
  id Int @id
}
view Report { id Int }
enum Role { A }`;

export const service = `import { PrismaClient } from '@prisma/client';
export class PrismaService extends PrismaClient {}`;

/** The calls in one service file beside a schema and a PrismaService. */
export function callsIn(code: string, others: Readonly<Record<string, string>> = {}): string[] {
  const index = indexFiles({
    'app.ts': code,
    'schema.prisma': schema,
    'prisma.service.ts': service,
    ...others,
  });
  return callsOf(index);
}

/** Imports that most files of services begin with: one line. */
export const start = `import { PrismaService } from './prisma.service'; import { Prisma, PrismaClient } from '@prisma/client';\n`;
