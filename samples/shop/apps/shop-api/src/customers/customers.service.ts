import { Injectable, NotFoundException } from '@nestjs/common';
import type { Page } from '../common/page.pipe';
import { PrismaService } from '../prisma/prisma.service';
import type { AddressDto, CustomerDto } from './customer.dto';

@Injectable()
export class CustomersService {
  constructor(private readonly prisma: PrismaService) {}

  list(page: Page) {
    return this.prisma.customer.findMany({ ...page, orderBy: { id: 'asc' } });
  }

  async get(id: number) {
    const customer = await this.prisma.customer.findUnique({
      where: { id },
      include: { addresses: true },
    });
    if (!customer) throw new NotFoundException(`No customer ${id}`);
    return customer;
  }

  register({ email, name }: CustomerDto) {
    return this.prisma.customer.create({ data: { email, name } });
  }

  /** The customer's last orders with what was in them. */
  async ordersWithItems(customerId: number) {
    const orders = await this.prisma.order.findMany({
      where: { customerId },
      orderBy: { id: 'desc' },
      take: 30,
    });
    const result = [];
    for (const order of orders) {
      const items = await this.prisma.orderItem.findMany({
        where: { orderId: order.id },
        include: { product: true },
      });
      result.push({ ...order, items });
    }
    return result;
  }

  addAddress(customerId: number, address: AddressDto) {
    return this.prisma.address.create({ data: { ...address, customerId } });
  }

  async removeAddress(customerId: number, id: number): Promise<void> {
    const { count } = await this.prisma.address.deleteMany({ where: { id, customerId } });
    if (count === 0) throw new NotFoundException(`No address ${id}`);
  }
}
