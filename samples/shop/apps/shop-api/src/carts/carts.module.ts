import { Module } from '@nestjs/common';
import { OrdersModule } from '../orders/orders.module';
import { CartsController } from './carts.controller';
import { CartsService } from './carts.service';

@Module({ imports: [OrdersModule], controllers: [CartsController], providers: [CartsService] })
export class CartsModule {}
