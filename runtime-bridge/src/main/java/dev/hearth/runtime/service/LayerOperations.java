package dev.hearth.runtime.service;

import dev.hearth.runtime.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Layers: publishing, reading and deleting their versions (invoke-api.md sections 5 and 10). */
final class LayerOperations {
  private static final Pattern NAME =
      Pattern.compile(
          "(arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+");
  private static final List<String> ARCHITECTURES = List.of("x86_64", "arm64");
  private static final int PAGE = 50;

  private final ControlPlane plane;
  private final Layers layers;

  LayerOperations(ControlPlane plane) {
    this.plane = plane;
    this.layers = plane.layers();
  }

  void register(Map<String, Operation> operations) {
    operations.put("PublishLayerVersion", this::publish);
    operations.put("GetLayerVersion", this::get);
    operations.put("GetLayerVersionByArn", this::getByArn);
    operations.put("ListLayers", this::list);
    operations.put("ListLayerVersions", this::listVersions);
    operations.put("DeleteLayerVersion", this::delete);
  }

  /** The layer's plain name. */
  static String name(ApiCall call) throws ApiException {
    String given = call.parameter("LayerName");
    new Checks().pattern("layerName", given, NAME).longest("layerName", given, 140).verify();
    return given.substring(given.lastIndexOf(':') + 1);
  }

  static long number(ApiCall call) throws ApiException {
    String text = call.parameter("VersionNumber");
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiException.invalidParameter("Layer Version \"" + text + "\" is not a number");
    }
    if (number < 1) {
      throw ApiException.invalidParameter("Layer Version Cannot be less than 1");
    }
    return number;
  }

  private HttpResponse publish(ApiCall call) throws ApiException {
    Body body = call.body();
    Body content = body.structure("Content");
    List<String> runtimes = body.texts("CompatibleRuntimes");
    List<String> architectures = body.texts("CompatibleArchitectures");
    Checks checks =
        new Checks()
            .required("content", content)
            .longest("description", body.text("Description"), 256)
            .allOf("compatibleRuntimes", runtimes, RuntimeRules.CURRENT)
            .most("compatibleRuntimes", runtimes, 15)
            .allOf("compatibleArchitectures", architectures, ARCHITECTURES)
            .longest("licenseInfo", body.text("LicenseInfo"), 512);
    checks.verify();
    String name = name(call);
    byte[] zip = FunctionOperations.zip(content);
    long unzipped = 0;
    for (byte[] file : CodeArchive.unzip(zip, CodeArchive.MOST_UNZIPPED).values()) {
      unzipped += file.length;
    }
    Layers.Version version =
        new Layers.Version(
            name,
            layers.next(name),
            body.text("Description", ""),
            body.text("LicenseInfo", ""),
            runtimes == null ? List.of() : runtimes,
            architectures == null ? List.of() : architectures,
            Stamps.now(),
            CodeArchive.sha256(zip),
            zip.length,
            unzipped);
    layers.put(version, zip);
    return ApiCall.json(201, withContent(call, version));
  }

  private static ObjectNode listed(Layers.Version version) {
    ObjectNode json = Json.object();
    if (!version.architectures().isEmpty()) {
      json.set("CompatibleArchitectures", Json.tree(version.architectures()));
    }
    if (!version.runtimes().isEmpty()) {
      json.set("CompatibleRuntimes", Json.tree(version.runtimes()));
    }
    json.put("CreatedDate", version.created());
    json.put("Description", version.description());
    json.put("LayerVersionArn", version.arn());
    if (!version.license().isEmpty()) {
      json.put("LicenseInfo", version.license());
    }
    json.put("Version", version.number());
    return json;
  }

  private static ObjectNode withContent(ApiCall call, Layers.Version version) {
    ObjectNode json = listed(version);
    json.put("LayerArn", Arns.layer(version.layer()));
    json.putObject("Content")
        .put("CodeSha256", CodeArchive.base64(version.sha256()))
        .put("CodeSize", version.size())
        .put("Location", CodeDownloads.location(call, version.sha256()));
    return json;
  }

  private HttpResponse get(ApiCall call) throws ApiException {
    return get(call, name(call), number(call));
  }

  private HttpResponse getByArn(ApiCall call) throws ApiException {
    String arn = call.query("Arn");
    new Checks().required("arn", arn).pattern("arn", arn, LayerRules.VERSION_ARN).verify();
    LayerRules.Parts parts =
        LayerRules.parts(String.valueOf(arn))
            .orElseThrow(() -> ApiException.notFound("Layer version " + arn + " does not exist."));
    return get(call, parts.layer(), parts.number());
  }

  private HttpResponse get(ApiCall call, String name, long number) throws ApiException {
    return ApiCall.json(200, withContent(call, find(layers, name, number)));
  }

  static Layers.Version find(Layers layers, String name, long number) throws ApiException {
    return layers
        .find(name, number)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "Layer version " + Arns.layer(name) + ":" + number + " does not exist."));
  }

  /** The filter of a list: versions that say they fit. */
  private record Filter(@Nullable String runtime, @Nullable String architecture) {
    static Filter of(ApiCall call) throws ApiException {
      Filter filter =
          new Filter(call.query("CompatibleRuntime"), call.query("CompatibleArchitecture"));
      new Checks()
          .oneOf("compatibleRuntime", filter.runtime, RuntimeRules.CURRENT)
          .oneOf("compatibleArchitecture", filter.architecture, ARCHITECTURES)
          .verify();
      return filter;
    }

    boolean fits(Layers.Version version) {
      return (runtime == null || version.runtimes().contains(runtime))
          && (architecture == null || version.architectures().contains(architecture));
    }
  }

  private HttpResponse list(ApiCall call) throws ApiException {
    Filter filter = Filter.of(call);
    List<Layers.Version> newest = new ArrayList<>();
    for (List<Layers.Version> versions : layers.all().values()) {
      versions.stream().filter(filter::fits).findFirst().ifPresent(newest::add);
    }
    return ApiCall.json(200, Page.of(call, PAGE, "Layers", newest, LayerOperations::layerEntry));
  }

  private static Page.Entry layerEntry(Layers.Version version) {
    ObjectNode json = Json.object();
    json.set("LatestMatchingVersion", listed(version));
    json.put("LayerArn", Arns.layer(version.layer()));
    json.put("LayerName", version.layer());
    return new Page.Entry(version.layer(), json);
  }

  private HttpResponse listVersions(ApiCall call) throws ApiException {
    Filter filter = Filter.of(call);
    List<Layers.Version> versions = layers.list(name(call)).stream().filter(filter::fits).toList();
    return ApiCall.json(
        200,
        Page.of(
            call,
            PAGE,
            "LayerVersions",
            versions,
            version -> new Page.Entry(Long.toString(version.number()), listed(version))));
  }

  private HttpResponse delete(ApiCall call) throws ApiException {
    String name = name(call);
    long number = number(call);
    layers.delete(name, number);
    plane.settings().policies.remove(PolicyOperations.layerKey(name, number));
    plane.dropArchives();
    return ApiCall.noContent();
  }
}
