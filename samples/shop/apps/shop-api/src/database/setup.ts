import { PrismaService } from '../prisma/prisma.service';
import { migrate } from './migrate';
import { seed } from './seed';

async function setup(): Promise<void> {
  if (!(await migrate())) return;
  const prisma = new PrismaService();
  try {
    await seed(prisma);
  } finally {
    await prisma.$disconnect();
  }
}

setup().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
