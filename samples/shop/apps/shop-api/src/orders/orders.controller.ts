import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  type MessageEvent,
  Param,
  ParseIntPipe,
  Post,
  Query,
  Sse,
} from '@nestjs/common';
import { Observable } from 'rxjs';
import { Page, PagePipe } from '../common/page.pipe';
import { PaymentDto, PlaceOrderDto } from './order.dto';
import { OrderEventsService } from './order-events.service';
import { OrdersService } from './orders.service';

@Controller('orders')
export class OrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly events: OrderEventsService,
  ) {}

  @Get()
  list(@Query('page', PagePipe) page: Page) {
    return this.orders.list(page);
  }

  @Get(':id')
  get(@Param('id', ParseIntPipe) id: number) {
    return this.orders.get(id);
  }

  @Post()
  place(@Body() body: PlaceOrderDto) {
    return this.orders.place(body);
  }

  @Post(':id/pay')
  @HttpCode(200)
  pay(@Param('id', ParseIntPipe) id: number, @Body() { reference }: PaymentDto) {
    return this.orders.pay(id, reference);
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id', ParseIntPipe) id: number): Promise<void> {
    await this.orders.remove(id);
  }

  @Sse(':id/events')
  follow(@Param('id', ParseIntPipe) id: number): Observable<MessageEvent> {
    return this.events.follow(id);
  }
}
