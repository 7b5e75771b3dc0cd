import { BadRequestException, Injectable, NotFoundException } from '@nestjs/common';
import { OrdersService } from '../orders/orders.service';
import { PrismaService } from '../prisma/prisma.service';
import type { CartItemDto, CheckoutDto } from './cart.dto';

@Injectable()
export class CartsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly orders: OrdersService,
  ) {}

  create(customerId: number) {
    return this.prisma.cart.create({ data: { customerId } });
  }

  async get(id: number) {
    const cart = await this.prisma.cart.findUnique({
      where: { id },
      include: { items: { include: { product: true } } },
    });
    if (!cart) throw new NotFoundException(`No cart ${id}`);
    return cart;
  }

  addItem(cartId: number, { productId, quantity }: CartItemDto) {
    return this.prisma.cartItem.upsert({
      where: { cartId_productId: { cartId, productId } },
      create: { cartId, productId, quantity },
      update: { quantity: { increment: quantity } },
    });
  }

  removeItem(cartId: number, productId: number) {
    return this.prisma.cartItem.delete({ where: { cartId_productId: { cartId, productId } } });
  }

  async remove(id: number): Promise<void> {
    await this.prisma.cart.deleteMany({ where: { id } });
  }

  async checkout(id: number, { country, discountCode }: CheckoutDto) {
    const cart = await this.get(id);
    if (cart.items.length === 0) throw new BadRequestException('The cart is empty');
    const order = await this.orders.place({
      customerId: cart.customerId,
      country,
      discountCode,
      lines: cart.items.map(({ productId, quantity }) => ({ productId, quantity })),
    });
    await this.remove(id);
    return order;
  }
}
