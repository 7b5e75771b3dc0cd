import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

export class CreateCartDto {
  @IsInt()
  customerId: number;
}

export class CartItemDto {
  @IsInt()
  productId: number;

  @IsInt()
  @Min(1)
  @Max(99)
  quantity: number;
}

export class CheckoutDto {
  @IsString()
  @Length(2, 2)
  country: string;

  @IsOptional()
  @IsString()
  discountCode?: string;
}
