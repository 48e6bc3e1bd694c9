package io.vipkeeper.manifest;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/** Jackson writes the manifests by reflection: of those parts of the model that the program can make, and no others. */
final class ModelFeature implements Feature {
    @Override
    public String getDescription() {
        return "Lets the manifests be written as YAML";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (Class<?> kind : List.of(KubernetesResource.class, AnyType.class, Quantity.class)) {
            access.registerSubtypeReachabilityHandler((during, type) -> register(type), kind);
        }
    }

    private static void register(Class<?> type) {
        RuntimeReflection.register(type);
        RuntimeReflection.register(type.getDeclaredFields());
        // Setters, and toBuilder() with the builders behind it, are for those who read or change.
        RuntimeReflection.register(Stream.of(type.getMethods())
                .filter(ModelFeature::reads)
                .toArray(Method[]::new));
        // A serializer may be that of a superclass: IntOrString has AnyType's.
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            JsonSerialize own = level.getAnnotation(JsonSerialize.class);
            if (own != null && own.using() != JsonSerializer.None.class) {
                RuntimeReflection.register(own.using());
                RuntimeReflection.register(own.using().getDeclaredConstructors());
            }
        }
    }

    private static boolean reads(Method method) {
        return method.getParameterCount() == 0 && method.getName().matches("(get|is)[A-Z].*");
    }
}
