import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  ParseIntPipe,
  Post,
  Query,
} from '@nestjs/common';
import { Page, PagePipe } from '../common/page.pipe';
import { AddressDto, CustomerDto } from './customer.dto';
import { CustomersService } from './customers.service';

@Controller('customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Get()
  list(@Query('page', PagePipe) page: Page) {
    return this.customers.list(page);
  }

  @Get(':id')
  get(@Param('id', ParseIntPipe) id: number) {
    return this.customers.get(id);
  }

  @Post()
  register(@Body() body: CustomerDto) {
    return this.customers.register(body);
  }

  @Get(':id/orders')
  orders(@Param('id', ParseIntPipe) id: number) {
    return this.customers.ordersWithItems(id);
  }

  @Post(':id/addresses')
  addAddress(@Param('id', ParseIntPipe) id: number, @Body() body: AddressDto) {
    return this.customers.addAddress(id, body);
  }

  @Delete(':id/addresses/:addressId')
  @HttpCode(204)
  async removeAddress(
    @Param('id', ParseIntPipe) id: number,
    @Param('addressId', ParseIntPipe) addressId: number,
  ): Promise<void> {
    await this.customers.removeAddress(id, addressId);
  }
}
