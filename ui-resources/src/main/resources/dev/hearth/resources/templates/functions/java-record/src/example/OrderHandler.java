package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

public class OrderHandler implements RequestHandler<OrderHandler.Order, OrderHandler.Receipt> {
  public static class Order {
    private String id = "A-1042";
    private int quantity = 1;

    public String getId() {
      return id;
    }

    public void setId(String id) {
      this.id = id;
    }

    public int getQuantity() {
      return quantity;
    }

    public void setQuantity(int quantity) {
      this.quantity = quantity;
    }
  }

  public static class Receipt {
    private final String id;
    private final long totalCents;

    public Receipt(String id, long totalCents) {
      this.id = id;
      this.totalCents = totalCents;
    }

    public String getId() {
      return id;
    }

    public long getTotalCents() {
      return totalCents;
    }
  }

  @Override
  public Receipt handleRequest(Order order, Context context) {
    context.getLogger().log("order " + order.getId() + "\n");
    return new Receipt(order.getId(), order.getQuantity() * 1250L);
  }
}
