import type { PrismaClient } from '../../generated/prisma';

const categories = ['Tea', 'Coffee', 'Chocolate', 'Honey', 'Spices', 'Books'];
const products = 60;
const customers = 40;
const ordersPerCustomer = 25;
const firstDay = Date.UTC(2026, 8, 1);

const range = (length: number): number[] => Array.from({ length }, (_, i) => i + 1);

/** The same shop every time: pricing-api's seed has the same skus. */
export async function seed(prisma: PrismaClient): Promise<void> {
  await prisma.category.createMany({ data: categories.map((name) => ({ name })) });
  await prisma.product.createMany({
    data: range(products).map((id) => ({
      sku: `SKU-${String(id).padStart(4, '0')}`,
      name: `${categories[id % categories.length]} no. ${id}`,
      priceCents: 500 + id * 37,
      categoryId: (id % categories.length) + 1,
    })),
  });
  await prisma.stock.createMany({
    data: range(products).map((productId) => ({ productId, onHand: (productId * 13) % 400 })),
  });
  await prisma.customer.createMany({
    data: range(customers).map((id) => ({
      email: `customer${id}@example.com`,
      name: `Customer ${id}`,
    })),
  });
  await prisma.review.createMany({
    data: range(products * 4).map((id) => ({
      productId: (id % products) + 1,
      customerId: (id % customers) + 1,
      stars: (id % 5) + 1,
      text: `Review no. ${id}`,
    })),
  });
  await seedOrders(prisma);
}

async function seedOrders(prisma: PrismaClient): Promise<void> {
  const orders = range(customers * ordersPerCustomer);
  await prisma.order.createMany({
    data: orders.map((id) => ({
      customerId: (id % customers) + 1,
      status: id % 3 === 0 ? 'paid' : 'placed',
      totalCents: 2_000 + (id % 50) * 100,
      createdAt: new Date(firstDay + id * 3_600_000),
    })),
  });
  const items = orders.flatMap((orderId) =>
    range((orderId % 4) + 1).map((line) => ({
      orderId,
      productId: ((orderId * line) % products) + 1,
      quantity: line,
      priceCents: 1_000,
    })),
  );
  await prisma.orderItem.createMany({ data: items });
  await prisma.orderEvent.createMany({
    data: orders.map((orderId) => ({ orderId, kind: 'placed', note: 'seed' })),
  });
}
