import { Injectable } from '@nestjs/common';
import type { Product } from '../../generated/prisma';
import type { CrudService } from '../common/crud.controller';
import type { Page } from '../common/page.pipe';
import { StockService } from '../stock/stock.service';
import type { ProductDto } from './product.dto';
import { ProductsRepository } from './products.repository';

@Injectable()
export class ProductsService implements CrudService<Product, ProductDto, Partial<ProductDto>> {
  constructor(
    private readonly products: ProductsRepository,
    private readonly stock: StockService,
  ) {}

  list(page: Page): Promise<Product[]> {
    return this.products.page(page);
  }

  get(id: number): Promise<Product> {
    return this.products.withStock(id);
  }

  async create(input: ProductDto): Promise<Product> {
    const product = await this.products.insert(input);
    await this.stock.open(product.id);
    return product;
  }

  update(id: number, input: Partial<ProductDto>): Promise<Product> {
    return this.products.change(id, input);
  }

  remove(id: number): Promise<void> {
    return this.products.delete(id);
  }

  search(text: string): Promise<Product[]> {
    return this.products.named(text);
  }

  bestsellers(): Promise<{ productId: number; sold: number }[]> {
    return this.products.mostSold(10);
  }
}
