import {
  Body,
  Controller,
  DefaultValuePipe,
  Get,
  Param,
  ParseIntPipe,
  Put,
  Query,
  UseGuards,
} from '@nestjs/common';
import type { Stock } from '../../generated/prisma';
import { ApiKeyGuard } from '../common/api-key.guard';
import { StockCountDto } from './stock-count.dto';
import { StockService, type LowStock } from './stock.service';

@Controller('stock')
export class StockController {
  constructor(private readonly stock: StockService) {}

  @Get('low')
  low(@Query('below', new DefaultValuePipe(20), ParseIntPipe) below: number): Promise<LowStock[]> {
    return this.stock.low(below);
  }

  @Put(':productId')
  @UseGuards(ApiKeyGuard)
  count(
    @Param('productId', ParseIntPipe) productId: number,
    @Body() { onHand }: StockCountDto,
  ): Promise<Stock> {
    return this.stock.count(productId, onHand);
  }

  @Get(':productId/movements')
  movements(@Param('productId', ParseIntPipe) productId: number) {
    return this.stock.movements(productId);
  }
}
