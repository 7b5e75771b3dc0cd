import { IsInt, IsString, Length, Min } from 'class-validator';

export class ProductDto {
  @IsString()
  @Length(3, 30)
  sku: string;

  @IsString()
  name: string;

  @IsInt()
  @Min(1)
  priceCents: number;

  @IsInt()
  categoryId: number;
}
