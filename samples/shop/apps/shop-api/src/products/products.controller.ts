import { Body, Controller, Get, Post, Query, UseInterceptors } from '@nestjs/common';
import type { Product } from '../../generated/prisma';
import { CrudController } from '../common/crud.controller';
import { EnvelopeInterceptor } from '../common/envelope.interceptor';
import { ProductDto } from './product.dto';
import { ProductsService } from './products.service';

@Controller('products')
export class ProductsController extends CrudController<Product, ProductDto, Partial<ProductDto>> {
  constructor(private readonly products: ProductsService) {
    super(products);
  }

  @Get('search')
  @UseInterceptors(EnvelopeInterceptor)
  search(@Query('q') text = ''): Promise<Product[]> {
    return this.products.search(text);
  }

  @Get(['bestsellers', 'top'])
  bestsellers(): Promise<{ productId: number; sold: number }[]> {
    return this.products.bestsellers();
  }

  /** As inherited, but checked: the base class doesn't know the shape. */
  @Post()
  override create(@Body() input: ProductDto): Promise<Product> {
    return super.create(input);
  }
}
