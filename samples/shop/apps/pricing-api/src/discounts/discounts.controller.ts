import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CreateDiscountDto } from './create-discount.dto';
import { DiscountsService } from './discounts.service';

@Controller('discounts')
export class DiscountsController {
  constructor(private readonly discounts: DiscountsService) {}

  @Get()
  list() {
    return this.discounts.list();
  }

  @Get(':code')
  find(@Param('code') code: string) {
    return this.discounts.find(code);
  }

  @Post()
  create(@Body() body: CreateDiscountDto) {
    return this.discounts.create(body);
  }

  @Delete(':code')
  @HttpCode(204)
  async remove(@Param('code') code: string): Promise<void> {
    await this.discounts.remove(code);
  }
}
