import { Controller, Get, Param, ParseIntPipe, Query, UseInterceptors } from '@nestjs/common';
import { EnvelopeInterceptor } from '../common/envelope.interceptor';
import { Page, PagePipe } from '../common/page.pipe';
import { OrdersService } from './orders.service';

/** The second version answers with items and customer, so that the app asks once. */
@Controller({ path: 'orders', version: '2' })
export class OrdersV2Controller {
  constructor(private readonly orders: OrdersService) {}

  @Get()
  @UseInterceptors(EnvelopeInterceptor)
  list(@Query('page', PagePipe) page: Page) {
    return this.orders.listInFull(page);
  }

  @Get(':id')
  get(@Param('id', ParseIntPipe) id: number) {
    return this.orders.get(id);
  }
}
