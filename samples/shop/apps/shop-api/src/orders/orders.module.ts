import { Module } from '@nestjs/common';
import { PricingModule } from '../pricing/pricing.module';
import { StockModule } from '../stock/stock.module';
import { OrderEventsService } from './order-events.service';
import { OrdersController } from './orders.controller';
import { OrdersRepository } from './orders.repository';
import { OrdersService } from './orders.service';
import { OrdersV2Controller } from './orders-v2.controller';

@Module({
  imports: [PricingModule, StockModule],
  controllers: [OrdersController, OrdersV2Controller],
  providers: [OrdersService, OrdersRepository, OrderEventsService],
  exports: [OrdersService],
})
export class OrdersModule {}
