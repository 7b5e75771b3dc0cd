import { Body, Controller, Delete, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { CartItemDto, CheckoutDto, CreateCartDto } from './cart.dto';
import { CartsService } from './carts.service';

@Controller('carts')
export class CartsController {
  constructor(private readonly carts: CartsService) {}

  @Post()
  create(@Body() { customerId }: CreateCartDto) {
    return this.carts.create(customerId);
  }

  @Get(':id')
  get(@Param('id', ParseIntPipe) id: number) {
    return this.carts.get(id);
  }

  @Post(':id/items')
  addItem(@Param('id', ParseIntPipe) id: number, @Body() item: CartItemDto) {
    return this.carts.addItem(id, item);
  }

  @Delete(':id/items/:productId')
  @HttpCode(204)
  async removeItem(
    @Param('id', ParseIntPipe) id: number,
    @Param('productId', ParseIntPipe) productId: number,
  ): Promise<void> {
    await this.carts.removeItem(id, productId);
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', ParseIntPipe) id: number): Promise<void> {
    await this.carts.remove(id);
  }

  @Post(':id/checkout')
  checkout(@Param('id', ParseIntPipe) id: number, @Body() body: CheckoutDto) {
    return this.carts.checkout(id, body);
  }
}
