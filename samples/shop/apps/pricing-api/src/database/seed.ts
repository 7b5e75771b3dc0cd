import type { PrismaClient } from '../../generated/prisma';

const products = 60;
const changesPerProduct = 12;

/** The same prices every time: shop-api's seed has the same skus. */
export async function seed(prisma: PrismaClient): Promise<void> {
  const prices = Array.from({ length: products * changesPerProduct }, (_, i) => {
    const product = (i % products) + 1;
    const change = Math.floor(i / products);
    return {
      sku: `SKU-${String(product).padStart(4, '0')}`,
      cents: 500 + product * 37 + change * 10,
      validFrom: new Date(Date.UTC(2025, change, 1)),
    };
  });
  await prisma.price.createMany({ data: prices });
  await prisma.discount.createMany({
    data: [
      { code: 'WELCOME', percent: 10, usesLeft: 1_000_000 },
      { code: 'SUMMER', percent: 25, usesLeft: 1_000_000 },
    ],
  });
}
