import { Controller } from '@nestjs/common';
import type { Category } from '../../generated/prisma';
import { CrudController } from '../common/crud.controller';
import { CategoriesService, type CategoryInput } from './categories.service';

@Controller('categories')
export class CategoriesController extends CrudController<Category, CategoryInput, CategoryInput> {
  constructor(categories: CategoriesService) {
    super(categories);
  }
}
