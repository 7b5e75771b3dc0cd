import { Injectable } from '@nestjs/common';
import type { Category } from '../../generated/prisma';
import type { CrudService } from '../common/crud.controller';
import type { Page } from '../common/page.pipe';
import { PrismaService } from '../prisma/prisma.service';

export interface CategoryInput {
  name: string;
}

@Injectable()
export class CategoriesService implements CrudService<Category, CategoryInput, CategoryInput> {
  constructor(private readonly prisma: PrismaService) {}

  list(page: Page): Promise<Category[]> {
    return this.prisma.category.findMany({ ...page, orderBy: { name: 'asc' } });
  }

  get(id: number): Promise<Category> {
    return this.prisma.category.findUniqueOrThrow({ where: { id } });
  }

  create({ name }: CategoryInput): Promise<Category> {
    return this.prisma.category.create({ data: { name } });
  }

  update(id: number, { name }: CategoryInput): Promise<Category> {
    return this.prisma.category.update({ where: { id }, data: { name } });
  }

  async remove(id: number): Promise<void> {
    await this.prisma.category.delete({ where: { id } });
  }
}
