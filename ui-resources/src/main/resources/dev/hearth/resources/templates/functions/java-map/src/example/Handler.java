package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;

public class Handler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  // Created once per execution environment, reused while it stays warm.
  private int calls;

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    calls++;
    context.getLogger().log("call " + calls + " with " + event.keySet() + "\n");

    Map<String, Object> report = new LinkedHashMap<>();
    report.put("calls", calls);
    report.put("fields", event.size());
    report.put("millisLeft", context.getRemainingTimeInMillis());
    return report;
  }
}
