package dev.hearth.launcher;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the JVM sees while its archive is made: the kinds of handler that people write, run with
 * harmless events. No code of the user takes part, so training has no side effects.
 */
public final class TrainingHandler implements RequestHandler<Map<String, Object>, Object> {

  /** A handler with objects of its own. */
  public static final class Objects implements RequestHandler<Order, Order> {
    @Override
    public Order handleRequest(Order order, Context context) {
      return order;
    }
  }

  /** A handler that reads and writes bytes. */
  public static final class Streams implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context)
        throws IOException {
      out.write(in.readAllBytes());
    }
  }

  /** A handler that is a method of a class without an interface. */
  public static final class Methods {
    public String run(String name, Context context) {
      return name;
    }

    public List<Order> list(List<Order> orders) {
      return orders;
    }
  }

  public static final class Order {
    private String id;
    private int count;
    private double price;
    private List<String> tags;
    private Map<String, String> fields;

    public String getId() {
      return id;
    }

    public void setId(String id) {
      this.id = id;
    }

    public int getCount() {
      return count;
    }

    public void setCount(int count) {
      this.count = count;
    }

    public double getPrice() {
      return price;
    }

    public void setPrice(double price) {
      this.price = price;
    }

    public List<String> getTags() {
      return tags;
    }

    public void setTags(List<String> tags) {
      this.tags = tags;
    }

    public Map<String, String> getFields() {
      return fields;
    }

    public void setFields(Map<String, String> fields) {
      this.fields = fields;
    }
  }

  @Override
  public Object handleRequest(Map<String, Object> event, Context context) {
    context.getLogger().log("training " + context.getAwsRequestId() + "\n");
    System.out.println(
        String.format("%s has %d ms", event.get("kind"), context.getRemainingTimeInMillis()));
    if ("error".equals(event.get("kind"))) {
      throw new IllegalStateException("training");
    }
    if ("kinds".equals(event.get("kind"))) {
      runTheOtherKinds();
    }
    return answer(event);
  }

  private static Map<String, Object> answer(Map<String, Object> event) {
    List<String> names = new ArrayList<>(event.keySet());
    names.sort(String::compareTo);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("statusCode", 200);
    answer.put(
        "names", names.stream().map(name -> name.toUpperCase(java.util.Locale.ROOT)).toList());
    answer.put("body", "Hello " + event.getOrDefault("name", "world") + ", " + names.size());
    answer.put("event", event);
    return answer;
  }

  private static void runTheOtherKinds() {
    String order =
        "{\"id\":\"a\",\"count\":2,\"price\":1.5,\"tags\":[\"x\"],\"fields\":{\"k\":\"v\"}}";
    call(Objects.class, "handleRequest", order);
    call(Streams.class, "handleRequest", order);
    call(Methods.class, "run", "\"name\"");
    call(Methods.class, "list", "[" + order + "]");
  }

  private static void call(Class<?> type, String method, String event) {
    InvocationRequest request = new InvocationRequest();
    request.setId("training");
    request.setInvokedFunctionArn("arn:aws:lambda:us-east-1:000000000000:function:training");
    request.setContent(event.getBytes(StandardCharsets.UTF_8));
    try {
      EventHandlerLoader.loadEventHandler(new HandlerInfo(type, method)).call(request);
    } catch (Exception e) {
      throw new IllegalStateException(type + " can't be trained", e);
    }
  }
}
